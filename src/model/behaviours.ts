import { isWithin, releaseOf, type Target, type VersionRange, versionIn } from './target.ts';

/** A behaviour that some versions of eKuiper have and others do not have. */
interface Behaviour extends VersionRange {
  readonly does: string;
  /** The documentation page and heading that name the versions that were run or read, or files of eKuiper. */
  readonly evidence: string;
}

/** Evidence: the answers that the test server is compared with. */
const RECORDED = 'recorded answers of 1.14.7, 2.0.8, 2.1.5, 2.2.5, 2.3.1 and 2.4.0';

/**
 * All behaviours that depend on the version of eKuiper; no other code compares its versions. Where the exact release
 * of a change within a line is unknown, the change counts from the first release of that line; one release of each
 * line was run.
 */
const TABLE = {
  // What its REST API can do.
  'takes-uploads': {
    does: 'takes uploads (/config/uploads)',
    since: [1, 6, 0],
    evidence: 'docs/ekuiper.md#uploads',
  },
  'exports-registrations': {
    does: 'lists what was registered in /data/export',
    since: [1, 8, 0],
    evidence: 'docs/ekuiper.md#uploads',
  },
  'keeps-records': {
    does: 'keeps an upload that was made from a text',
    since: [1, 11, 0],
    evidence: 'internal/server/rest.go 1.10.2 and 1.11.0; 1.14.7 and 2.4.0 were run',
  },
  'reports-status': {
    does: 'answers GET /plugins/portables/{name}/status',
    since: [2, 0, 0],
    evidence: 'docs/ekuiper.md#status',
  },
  'takes-old-handshakes': {
    does: 'may take a queued message of the previous process for the handshake of the new one',
    since: [2, 1, 3],
    evidence: 'docs/ekuiper.md#status',
  },
  'escapes-upload-path': {
    does: 'answers an upload with its path escaped for HTML',
    since: [2, 0, 0],
    evidence: 'docs/ekuiper.md#uploads',
  },
  'quotes-errors': {
    does: 'quotes a message in the body of an error as JSON',
    since: [2, 0, 0],
    evidence: 'docs/ekuiper.md#error-bodies',
  },
  'omits-what-is-empty': {
    does: 'leaves empty fields out of what it exports and keeps',
    since: [2, 0, 0],
    evidence: RECORDED,
  },
  'exports-source-yaml': {
    does: "exports the configuration in the plugins' YAML files",
    before: [2, 0, 0],
    evidence: RECORDED,
  },
  'removes-in-a-root': {
    does: 'deletes uploads below the folder of uploads only, and makes the folders that a name needs',
    since: [2, 4, 0],
    evidence: RECORDED,
  },
  // How it unpacks.
  'cleans-entry-names': {
    does: 'cleans the names of entries before it matches them',
    since: [2, 1, 3],
    evidence: 'docs/files.md#zip-entry-names',
  },
  'reads-first-manifest': {
    does: 'goes by the first of several manifests; before, by the last',
    since: [2, 0, 0],
    evidence: 'docs/files.md#package-layout',
  },
  'makes-one-folder': {
    does: 'makes one folder level for an entry, and fails where more are missing',
    since: [2, 4, 0],
    evidence: 'docs/files.md#zip-entry-names',
  },
  'refuses-special-modes': {
    does: 'refuses symbolic links and setuid, setgid and sticky bits; before, a link became a text file',
    since: [2, 2, 0],
    evidence: 'docs/files.md#file-modes',
  },
  'refuses-double-dots': {
    does: 'refuses every name with two dots in a row',
    since: [2, 3, 1],
    before: [2, 4, 0],
    evidence: 'docs/files.md#zip-entry-names',
  },
  'refuses-escapes': {
    does: "refuses names that lead out of the plugin's folder; before, it wrote there",
    since: [2, 2, 0],
    evidence: 'docs/files.md#zip-entry-names',
  },
  'unpacks-symbols-to-etc': {
    does: 'unpacks sources/, sinks/ and functions/ to etc/',
    since: [2, 0, 0],
    evidence: 'docs/files.md#where-files-go',
  },
  'unpacks-symbols-to-etc-alone': {
    does: 'unpacks sources/, sinks/ and functions/ not to data/',
    since: [2, 0, 0],
    before: [2, 2, 1],
    evidence: 'docs/files.md#where-files-go',
  },
  'refuses-private-addresses': {
    does: 'refuses URLs of this machine and of private networks',
    since: [2, 4, 0],
    evidence: 'docs/ekuiper.md#downloads',
  },
  // How it reads the configuration.
  'lowers-yaml-keys': {
    does: "puts keys of a source's YAML in lower case unless its JSON lists them",
    since: [2, 0, 0],
    evidence: 'docs/files.md#letter-case-of-keys',
  },
  'sends-many-settings': {
    does: 'sends a symbol its stream options and the data source among the settings',
    since: [2, 0, 0],
    evidence: 'docs/wire.md#commands',
  },
  'keeps-source-yaml': {
    does: "keeps what it read from a source's YAML until it restarts",
    since: [2, 0, 0],
    evidence: 'docs/ekuiper.md#source-yaml-after-an-update',
  },
  'asks-for-acks-by-number': {
    does: 'asks a sink for acknowledgements by requiredACKs; later by requireAck',
    before: [2, 0, 0],
    evidence: 'internal/plugin/portable/runtime/sink.go 1.14.7 and 2.0.0',
  },
  // How it runs plugins.
  'starts-at-install': {
    does: 'starts a plugin when it is installed and waits for its handshake; before, the first rule does',
    since: [2, 0, 0],
    evidence: 'docs/ekuiper.md#start-at-the-install',
  },
  'starts-python-unbuffered': {
    does: 'starts Python with -u',
    since: [2, 1, 1],
    evidence: 'docs/wire.md#start-of-the-process',
  },
  'takes-dying-for-running': {
    does: 'may take the process that an update ends for one that runs, and start no new one',
    before: [2, 1, 0],
    evidence: 'docs/ekuiper.md#killed-by-an-update',
  },
  'kills-on-every-other-update': {
    does: 'kills the new process in every other update',
    since: [2, 0, 0],
    before: [2, 1, 0],
    evidence: 'docs/ekuiper.md#killed-by-an-update',
  },
  'passes-over-late-handshakes': {
    does: 'passes over a handshake that comes when it waits for an answer',
    since: [2, 1, 3],
    evidence: 'docs/ekuiper.md#python-sdk-and-host',
  },
  'reports-late-death': {
    does: 'may report the death of the old process after an update',
    since: [2, 1, 0],
    evidence: 'docs/ekuiper.md#killed-by-an-update',
  },
  'numbers-field-references': {
    does: 'gives Validate references to fields with HasIndex, SourceIndex and Index',
    since: [2, 3, 0],
    evidence: 'docs/wire.md#data',
  },
  'names-plugin-on-timeout': {
    does: "names the plugin and its status when a function's answer does not come",
    since: [2, 0, 0],
    evidence: 'docs/messages.md#rules-and-status',
  },
  'starts-last-function-again': {
    does: 'starts the function that was started last again after an update; before, none',
    since: [2, 1, 0],
    evidence: 'docs/ekuiper.md#functions-after-an-update',
  },
  'hangs-without-plugin': {
    does: 'hangs when a rule is stopped or deleted whose plugin was removed',
    since: [2, 0, 0],
    before: [2, 3, 0],
    evidence: 'docs/ekuiper.md#removing-a-plugin-in-use',
  },
} as const satisfies Readonly<Record<string, Behaviour>>;

export type BehaviourId = keyof typeof TABLE;

export const BEHAVIOURS: ReadonlyMap<BehaviourId, Behaviour> = new Map(
  Object.entries(TABLE) as [BehaviourId, Behaviour][],
);

/**
 * The command that adds the helper which keeps a Python plugin's functions over updates: it runs `init` and copies
 * the file into the current directory.
 */
export const PYTHON_UPDATE_WORKAROUND =
  'Add ekuiper_update_workaround.py beside the main program, and call its install(config) before plugin.start; in the folder of the project: ' +
  'd=$(mktemp -d) && kplugin init "$d" --name sample --language python --function f --yes && cp "$d/ekuiper_update_workaround.py" .';

/**
 * Whether an eKuiper version has a behaviour. `version`: a line that kplugin knows (it stands for the patch level
 * that was run), or the version that a server reports (`v2.4.0-27-g1a2b`). A pre-release counts as its release; a
 * version that cannot be parsed counts as the newest.
 */
export function has(version: Target | (string & {}), id: BehaviourId): boolean {
  return isWithin(versionIn(releaseOf(version as Target)), TABLE[id]);
}

/** `portable.initTimeout` of an eKuiper as it is shipped, in milliseconds (etc/kuiper.yaml of 1.14.7, 2.0.8, 2.2.5, 2.4.0). */
export function shippedInitTimeoutMs(version: Target): number {
  return has(version, 'starts-at-install') ? 60_000 : 5_000;
}

/** The directories below which an eKuiper unpacks `sources/`, `sinks/` and `functions/`. */
export function symbolFileRoots(version: Target): readonly ('etc' | 'data')[] {
  if (!has(version, 'unpacks-symbols-to-etc')) return ['data'];
  return has(version, 'unpacks-symbols-to-etc-alone') ? ['etc'] : ['etc', 'data'];
}
