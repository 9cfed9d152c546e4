import type { Registration } from '../../client/answers.ts';
import type { HostExport } from '../../client/exported.ts';
import { type HostRecord, type RecordEntry, recordedPlugin, recordName } from './host-record.ts';
import { recordIn } from './record-store.ts';
import { guessedPlugin, parseUploadName, uploadName, uploadNameOf } from './upload-name.ts';

/** The number of releases whose uploads are kept: the registered one and the version before it. */
const KEPT = 2;

type Registrations = ReadonlyMap<string, Registration>;

/** The uploads of a host, and what it has registered and recorded. */
interface HostUploads {
  /** Names or absolute paths on the host. */
  readonly uploads: readonly string[];
  readonly exported: Pick<HostExport, 'registrations' | 'files'>;
}

/** An upload with a name that kplugin gave: a package, or the record of a plugin that is gone. */
interface OwnUpload {
  readonly name: string;
  /** Bytes; null where the record does not have it. */
  readonly size: number | null;
  /** Whether a plugin is registered with it, a rollback may need it, or a change is not finished. */
  readonly needed: boolean;
}

/** The uploads that kplugin made for one plugin. */
export interface PluginUploads {
  readonly plugin: string;
  readonly state: 'installed' | 'unfinished' | 'gone';
  /** Sorted by name. */
  readonly uploads: readonly OwnUpload[];
}

/**
 * Finds the uploads that kplugin made, by plugin, sorted by its name: by the records of the host, else by the form of
 * their names. `named`: plugins that are known besides those of the host.
 */
export function ownUploads(host: HostUploads, named: readonly string[] = []): PluginUploads[] {
  const { registrations, files } = host.exported;
  const recorded = [...files.keys()].flatMap((file) => recordedPlugin(file) ?? []);
  const known = [...new Set([...named, ...registrations.keys(), ...recorded])];
  const records = new Map(known.map((name) => [name, recordIn(files, name).record]));
  const found = new Map<string, string[]>();
  for (const upload of host.uploads.map(uploadNameOf)) {
    const owner = ownerOf(upload, records);
    if (owner !== null) found.set(owner, [...(found.get(owner) ?? []), upload]);
  }
  return [...found]
    .map(([plugin, names]) => uploadsOf(plugin, names, records.get(plugin) ?? null, registrations))
    .sort((a, b) => (a.plugin < b.plugin ? -1 : 1));
}

/** The plugin that an upload was made for; null when kplugin did not make it. The longest name that fits wins. */
function ownerOf(upload: string, records: ReadonlyMap<string, HostRecord | null>): string | null {
  const recorded = recordedPlugin(upload);
  if (recorded !== null) return recorded;
  const fitting = [...records].filter(([name, record]) => isOwn(upload, name, record));
  const [first] = fitting.map(([name]) => name).sort((a, b) => b.length - a.length);
  return first ?? guessedPlugin(upload);
}

function isOwn(upload: string, plugin: string, record: HostRecord | null): boolean {
  if (parseUploadName(upload, plugin) !== null) return true;
  return record?.entries.some((entry) => nameOf(plugin, entry) === upload) ?? false;
}

/** The name that kplugin gave to the package of an entry, whatever its version is. */
function nameOf(plugin: string, { version, digest }: RecordEntry): string | null {
  return digest.length < 8 ? null : uploadName(plugin, version, digest);
}

function uploadsOf(
  plugin: string,
  names: readonly string[],
  record: HostRecord | null,
  registered: Registrations,
): PluginUploads {
  const isInstalled = registered.has(plugin);
  const state = record?.pending ? 'unfinished' : isInstalled ? 'installed' : 'gone';
  const taken = namesOf([...registered.values()]);
  const kept = state === 'installed' ? keptOf(plugin, names, record) : new Set<string>();
  const isNeeded = (name: string): boolean => {
    if (state === 'unfinished' || taken.has(name) || kept.has(name)) return true;
    return state === 'installed' && name === recordName(plugin);
  };
  const sizes = sizesOf(record);
  const uploads = [...new Set(names)]
    .sort()
    .map((name) => ({ name, size: sizes.get(name) ?? null, needed: isNeeded(name) }));
  return { plugin, state, uploads };
}

/** What a rollback may need. Without a record the highest versions count as the newest releases. */
function keptOf(
  plugin: string,
  names: readonly string[],
  record: HostRecord | null,
): ReadonlySet<string> {
  if (record !== null) return ranLast(record);
  const versionOf = (name: string): string => parseUploadName(name, plugin)?.version ?? '';
  const packages = names.filter((name) => recordedPlugin(name) === null);
  const newest = packages.sort((a, b) =>
    versionOf(b).localeCompare(versionOf(a), 'en', { numeric: true }),
  );
  return new Set(newest.slice(0, KEPT));
}

function ranLast({ entries }: HostRecord): ReadonlySet<string> {
  const ran = entries.filter(({ outcome }) => outcome === 'running').slice(0, KEPT);
  return namesOf(ran.map(({ registration }) => registration));
}

function namesOf(registrations: readonly Registration[]): ReadonlySet<string> {
  return new Set(registrations.map(({ file }) => uploadNameOf(file)));
}

function sizesOf(record: HostRecord | null): ReadonlyMap<string, number> {
  const known = (record?.entries ?? []).flatMap(({ registration, size }) =>
    size === undefined ? [] : [[uploadNameOf(registration.file), size] as const],
  );
  return new Map(known);
}

/**
 * The uploads in a record that no release needs. Only what the record has: it is removed without a question after an
 * update. `registered`: the registration of every plugin of the host.
 */
export function unneededOf(
  plugin: string,
  record: HostRecord,
  registered: Registrations,
): string[] {
  const kept = new Set([...namesOf([...registered.values()]), ...ranLast(record)]);
  const own = record.entries.filter((entry) => {
    const upload = uploadNameOf(entry.registration.file);
    return parseUploadName(upload, plugin) !== null || nameOf(plugin, entry) === upload;
  });
  const uploads = namesOf(own.map(({ registration }) => registration));
  return [...uploads].filter((upload) => !kept.has(upload));
}
