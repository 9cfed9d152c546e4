import type { Encoding } from '../model/encoding/encodings.ts';
import { nullUnlessLimit } from '../model/machine-limit.ts';
import type { Entry, PluginView, ViewProblem } from '../model/view.ts';
import type { Content } from './files/content.ts';
import { caseConflicts } from './plan/planned-entries.ts';
import { type Archive, openArchive } from './zip/archive.ts';
import { meantPath, type NamesIn, nameEntry, namesInZip, otherReading } from './zip/entry-name.ts';
import { EntryReader } from './zip/entry-reader.ts';
import { folderProblem, sizeProblems } from './zip/limits.ts';
import { entryKind, entryMode, type ZipRecord } from './zip/record.ts';

const DEFAULT_LIMIT = 8 * 1024 ** 2;

/**
 * Of several entries with this path the last is shown, because that is the one that eKuiper runs: it overwrites the
 * others.
 */
const INSTALL_SCRIPT = 'install.sh';

/** The view of a package, with details of the zip. */
export interface ZipView extends PluginView {
  readonly form: 'zip';
  readonly archive: Archive;
  /** By path. Of entries with the same path the first one, of `install.sh` the last; a file before a directory. */
  readonly records: ReadonlyMap<string, ZipRecord>;
  /** By path, for names that are not UTF-8: the intended names, when the encoding is sure. */
  readonly meant: ReadonlyMap<string, string>;
  /** The encoding of those names. */
  readonly namesIn: NamesIn;
  /** Size of the zip in bytes. */
  readonly size: number;
  /** The content of an entry; null for directories. Reading it throws when the zip is damaged. */
  content(entry: Pick<Entry, 'path' | 'kind'>): Content | null;
  verify(): Promise<void>;
}

/**
 * Opens a package read-only. Defects of the zip become `problems`, even for a malicious zip; rejects only when the
 * file itself cannot be read (a system error). Files from `inMemoryBelow` bytes on are read in pieces, not whole.
 * `named`: the encoding of the names without the zip's UTF-8 flag, if the user gave one; a name of two Chinese
 * characters in GBK may be valid UTF-8 by chance.
 */
export async function openZipView(
  source: string | Buffer,
  label?: string,
  inMemoryBelow?: number,
  named: Encoding | null = null,
): Promise<ZipView> {
  const archive = await openArchive(source, inMemoryBelow);
  const { size } = archive.source;
  const unpacked = archive.records.reduce((sum, record) => sum + record.size, 0);
  const problems: ViewProblem[] = [
    ...(archive.failure ? [archive.failure] : []),
    ...archive.problems,
    ...sizeProblems(unpacked, size),
  ];
  const namesIn = namesInZip(archive.records, named);
  const { entries, records, meant } = withinLimits(
    listEntries(archive, problems, namesIn),
    problems,
  );
  const reader = new EntryReader(archive, problems);
  return {
    form: 'zip',
    label: label ?? (typeof source === 'string' ? source : 'the zip'),
    archive,
    records,
    meant,
    namesIn,
    size,
    entries,
    problems,
    leftOut: new Map(),
    async read(path, limit = DEFAULT_LIMIT) {
      const record = records.get(path);
      const isFile = record !== undefined && entryKind(record.name, record) !== 'directory';
      return isFile ? reader.read(record, limit).catch(nullUnlessLimit) : null;
    },
    readProject: () => Promise.resolve(null),
    content({ path, kind }) {
      const record = records.get(path);
      return record && kind !== 'directory' ? reader.content(record) : null;
    },
    verify: () => reader.verify(),
    close: () => Promise.resolve(archive.source.close()),
  };
}

interface Listing {
  readonly entries: readonly Entry[];
  readonly records: ReadonlyMap<string, ZipRecord>;
  readonly meant: ReadonlyMap<string, string>;
}

/** Empty when the listing exceeds the limits. */
function withinLimits(listing: Listing, problems: ViewProblem[]): Listing {
  const problem = folderProblem(listing.entries);
  if (problem === null) return listing;
  problems.push(problem);
  return { entries: [], records: new Map(), meant: new Map() };
}

function listEntries(archive: Archive, problems: ViewProblem[], namesIn: NamesIn): Listing {
  const { encoding, isNamed } = namesIn;
  const entries: Entry[] = [];
  const records = new Map<string, ZipRecord>();
  const kinds = new Map<string, Entry['kind']>();
  const meant = new Map<string, string>();
  for (const record of archive.records) {
    const isForeign = isNamed && otherReading(record.name, record.flags, namesIn) !== null;
    const { rawName, path, problem } = nameEntry(record.name, encoding, isForeign);
    const kind = entryKind(record.name, record);
    if (record.name.length === 0 && kind === 'directory') {
      problems.push(namelessFolder());
      continue;
    }
    if (problem) problems.push(problem);
    if (path === null) {
      if (!problem && kind !== 'directory') problems.push(pluginFolder(rawName));
      continue;
    }
    const unreadable = kind === 'directory' ? null : unsupported(rawName, record);
    if (unreadable) problems.push(unreadable);
    entries.push({ path, rawName, kind, size: record.size, mode: entryMode(record) });
    const before = kinds.get(path);
    if (before !== undefined && (before !== 'directory' || kind !== 'directory')) {
      problems.push(twice(rawName, path, before !== kind && [before, kind].includes('directory')));
    }
    const meantTo = problem?.kind === 'foreign-name' ? meantPath(record.name, encoding) : null;
    if (meantTo !== null) meant.set(path, meantTo);
    const replaces = before === 'directory' || path === INSTALL_SCRIPT;
    if (before === undefined || (replaces && kind !== 'directory')) {
      records.set(path, record);
      kinds.set(path, kind);
    }
  }
  problems.push(...caseConflicts(entries));
  return { entries, records, meant };
}

function unsupported(entry: string, { method }: ZipRecord): ViewProblem | null {
  if (method === 0 || method === 8) return null;
  const detail = `is compressed by method ${method}; only stored and deflated files can be read`;
  return { kind: 'unsupported-compression', entry, detail };
}

function pluginFolder(entry: string): ViewProblem {
  return { kind: 'bad-name', entry, detail: "the name is that of the plugin's own folder" };
}

/** Every eKuiper treats it as the directory that it unpacks to, which exists. */
function namelessFolder(): ViewProblem {
  return { kind: 'untidy', entry: null, detail: 'it has an entry for a folder without a name' };
}

function twice(entry: string, path: string, isFolderToo: boolean): ViewProblem {
  const what = isFolderToo
    ? 'a file in the zip, and a folder as well'
    : 'in the zip more than once';
  return { kind: 'duplicate-entry', entry, detail: `${path} is ${what}` };
}
