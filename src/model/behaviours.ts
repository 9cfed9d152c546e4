import { TARGETS, type Target } from './target.ts';
import { compareVersions, type Version, versionIn } from './version.ts';

/** Something that eKuipers of some versions do with plugins, and others do not. */
export interface Behaviour {
  readonly does: string;
  /** The first version that does it; left out: from the beginning. */
  readonly since?: Version;
  /** The first version that no longer does it; left out: none known. */
  readonly before?: Version;
  /** Where that was seen: versions that were run, or files and issues of eKuiper. */
  readonly evidence: string;
}

const RUN = '1.14.7, 2.0.8, 2.1.5, 2.2.5, 2.3.1 and 2.4.0 were run';
const REST = 'internal/server/rest.go of the releases';

/** What depends on the version of eKuiper, in one place; nothing else compares versions of it. */
const TABLE = {
  // What its REST API can do.
  'takes-uploads': { does: 'takes uploads (/config/uploads)', since: [1, 6, 0], evidence: REST },
  'updates-plugins': {
    does: 'updates a plugin (PUT /plugins/portables/{name}); 405 before',
    since: [1, 8, 0],
    evidence: REST,
  },
  'exports-registrations': {
    does: 'lists what was registered in /data/export',
    since: [1, 8, 0],
    evidence: REST,
  },
  'keeps-records': {
    does: 'keeps an upload that was made from a text',
    since: [1, 11, 0],
    evidence: REST,
  },
  'reports-status': {
    does: 'answers GET /plugins/portables/{name}/status',
    since: [2, 0, 0],
    evidence: RUN,
  },
  'escapes-upload-path': {
    does: 'answers an upload with its path escaped for HTML',
    since: [2, 0, 0],
    evidence: RUN,
  },
  'quotes-errors': {
    does: 'quotes a message in the body of an error as JSON',
    since: [2, 0, 0],
    evidence: RUN,
  },
  'omits-what-is-empty': {
    does: 'leaves empty fields out of what it exports and keeps',
    since: [2, 0, 0],
    evidence: RUN,
  },
  'exports-source-yaml': {
    does: "exports the configuration in the plugins' YAML files",
    before: [2, 0, 0],
    evidence: RUN,
  },
  'removes-in-a-root': {
    does: 'deletes uploads below the folder of uploads only, and makes the folders that a name needs',
    since: [2, 4, 0],
    evidence: RUN,
  },
  // How it unpacks.
  'cleans-entry-names': {
    does: 'cleans the names of entries before it matches them',
    since: [2, 1, 3],
    evidence: RUN,
  },
  'reads-first-manifest': {
    does: 'goes by the first of several manifests; before, by the last',
    since: [2, 0, 0],
    evidence: RUN,
  },
  'makes-one-folder': {
    does: 'makes one folder level for an entry, and fails where more are missing',
    since: [2, 4, 0],
    evidence: RUN,
  },
  'refuses-special-modes': {
    does: 'refuses symbolic links and setuid, setgid and sticky bits; before, a link became a text file',
    since: [2, 2, 0],
    evidence: RUN,
  },
  'refuses-double-dots': {
    does: 'refuses every name with two dots in a row',
    since: [2, 3, 0],
    before: [2, 4, 0],
    evidence: RUN,
  },
  'refuses-escapes': {
    does: "refuses names that lead out of the plugin's folder; before, it wrote there",
    since: [2, 2, 0],
    evidence: RUN,
  },
  'unpacks-symbols-to-etc': {
    does: 'unpacks sources/, sinks/ and functions/ to etc/',
    since: [2, 0, 0],
    evidence: RUN,
  },
  'unpacks-symbols-to-etc-alone': {
    does: 'unpacks sources/, sinks/ and functions/ not to data/',
    since: [2, 0, 0],
    before: [2, 2, 0],
    evidence: RUN,
  },
  'refuses-private-addresses': {
    does: 'refuses URLs of this machine and of private networks',
    since: [2, 4, 0],
    evidence: RUN,
  },
  // How it reads the configuration.
  'lowers-yaml-keys': {
    does: "puts keys of a source's YAML in lower case unless its JSON lists them",
    since: [2, 0, 0],
    evidence: RUN,
  },
  'sends-many-settings': {
    does: 'sends a symbol its stream options and the data source among the settings',
    since: [2, 0, 0],
    evidence: RUN,
  },
  'keeps-source-yaml': {
    does: "keeps what it read from a source's YAML until it restarts",
    since: [2, 0, 0],
    evidence: RUN,
  },
  'asks-for-acks-by-number': {
    does: 'asks a sink for acknowledgements by requiredACKs; later by requireAck',
    before: [2, 0, 0],
    evidence: RUN,
  },
  // How it runs plugins.
  'starts-at-install': {
    does: 'starts a plugin when it is installed and waits for its handshake; before, the first rule does',
    since: [2, 0, 0],
    evidence: RUN,
  },
  'starts-python-unbuffered': {
    does: 'starts Python with -u',
    since: [2, 1, 1],
    evidence: 'internal/plugin/portable/runtime/plugin_ins_manager.go of 2.1.0 and 2.1.1',
  },
  'takes-dying-for-running': {
    does: 'may take the process that an update ends for one that runs, and start no new one',
    before: [2, 1, 0],
    evidence: RUN,
  },
  'kills-on-every-other-update': {
    does: 'kills the new process in every other update',
    since: [2, 0, 0],
    before: [2, 1, 0],
    evidence: RUN,
  },
  'passes-over-late-handshakes': {
    does: 'passes over a handshake that comes when it waits for an answer',
    since: [2, 1, 3],
    evidence: RUN,
  },
  'reports-late-death': {
    does: 'may report the death of the old process after an update',
    since: [2, 1, 0],
    evidence: RUN,
  },
  'names-plugin-on-timeout': {
    does: "names the plugin and its status when a function's answer does not come",
    since: [2, 0, 0],
    evidence: 'issues #3784 and #4077 of eKuiper',
  },
  'starts-last-function-again': {
    does: 'starts the function that was started last again after an update; before, none',
    since: [2, 1, 0],
    evidence: RUN,
  },
  'hangs-without-plugin': {
    does: 'hangs when a rule is stopped or deleted whose plugin was removed',
    since: [2, 0, 0],
    before: [2, 3, 0],
    evidence: RUN,
  },
} as const satisfies Readonly<Record<string, Behaviour>>;

export type BehaviourId = keyof typeof TABLE;

export const BEHAVIOURS: ReadonlyMap<BehaviourId, Behaviour> = new Map(
  Object.entries(TABLE) as [BehaviourId, Behaviour][],
);

/**
 * Whether an eKuiper does that. `version`: a line that kplugin knows, which stands for the patch level that was run, or
 * what a server says of itself (`v2.4.0-27-g1a2b`); pre-releases count as their release, and one that cannot be read as
 * the newest.
 */
export function has(version: Target | (string & {}), id: BehaviourId): boolean {
  const { since, before }: Behaviour = TABLE[id];
  const known = Object.hasOwn(TARGETS, version) ? TARGETS[version as Target] : version;
  const at = versionIn(known);
  if (at === null) return before === undefined;
  return (
    (since === undefined || compareVersions(at, since) >= 0) &&
    (before === undefined || compareVersions(at, before) < 0)
  );
}

/** Where an eKuiper unpacks `sources/`, `sinks/` and `functions/` to. */
export function symbolFileRoots(version: Target): readonly ('etc' | 'data')[] {
  if (!has(version, 'unpacks-symbols-to-etc')) return ['data'];
  return has(version, 'unpacks-symbols-to-etc-alone') ? ['etc'] : ['etc', 'data'];
}
