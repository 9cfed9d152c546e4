import type { Entry as ZipEntry } from 'yauzl';
import type { Entry, PluginView, ViewProblem } from '../model/view.ts';
import { caseConflicts } from './plan/case-conflicts.ts';
import { type Archive, openArchive } from './zip/archive.ts';
import { entryKind, unixMode } from './zip/entry-mode.ts';
import { nameEntry } from './zip/entry-name.ts';
import { sizeProblems } from './zip/limits.ts';
import { readEntry } from './zip/read-entry.ts';

const DEFAULT_LIMIT = 8 * 1024 ** 2;

/** A zip's view, with what only packages have. */
export interface ZipView extends PluginView {
  readonly form: 'zip';
  readonly archive: Archive;
  /** The zip's own record behind each entry, by path; the first one where a path comes twice. */
  readonly records: ReadonlyMap<string, ZipEntry>;
  /** Size of the zip in bytes. */
  readonly size: number;
}

/**
 * Opens a package read-only. However hostile the zip is, what is wrong with it becomes `problems`;
 * rejects only when the file itself cannot be read (a system error).
 * Files from `inMemoryBelow` bytes on are read piece by piece instead of whole.
 */
export async function openZipView(
  source: string | Buffer,
  label?: string,
  inMemoryBelow?: number,
): Promise<ZipView> {
  const archive = await openArchive(source, inMemoryBelow);
  const problems: ViewProblem[] = archive.failure ? [archive.failure] : [];
  const { entries, records } = readDirectory(archive, problems);
  const unpacked = archive.entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  problems.push(...sizeProblems(unpacked, archive.size));
  return {
    form: 'zip',
    label: label ?? (typeof source === 'string' ? source : 'the zip'),
    archive,
    records,
    size: archive.size,
    entries,
    problems,
    read: (path, limit = DEFAULT_LIMIT) => read(archive, records, problems, path, limit),
    readProject: () => Promise.resolve(null),
    close: () => Promise.resolve(archive.zip?.close()),
  };
}

function readDirectory(
  archive: Archive,
  problems: ViewProblem[],
): { entries: Entry[]; records: Map<string, ZipEntry> } {
  const entries: Entry[] = [];
  const records = new Map<string, ZipEntry>();
  for (const record of archive.entries) {
    const { rawName, path, problem } = nameEntry(record.fileNameRaw);
    if (problem) problems.push(problem);
    problems.push(...contentProblems(rawName, record));
    if (path === null) continue;
    const kind = entryKind(rawName, record);
    entries.push({ path, rawName, kind, size: record.uncompressedSize, mode: unixMode(record) });
    if (records.has(path)) problems.push(twice(rawName, path));
    else records.set(path, record);
  }
  problems.push(...caseConflicts(entries));
  return { entries, records };
}

function contentProblems(rawName: string, record: ZipEntry): ViewProblem[] {
  if (record.isEncrypted()) return [{ kind: 'encrypted', entry: rawName, detail: 'is encrypted' }];
  if (record.canDecodeFileData()) return [];
  const detail = `is compressed by method ${record.compressionMethod}; only stored and deflated files can be read`;
  return [{ kind: 'unsupported-compression', entry: rawName, detail }];
}

function twice(rawName: string, path: string): ViewProblem {
  return {
    kind: 'duplicate-entry',
    entry: rawName,
    detail: `${path} is in the zip more than once`,
  };
}

async function read(
  archive: Archive,
  records: ReadonlyMap<string, ZipEntry>,
  problems: ViewProblem[],
  path: string,
  limit: number,
): Promise<Uint8Array | null> {
  const record = records.get(path);
  if (!record || /\/$/.test(record.fileNameRaw.toString('latin1'))) return null;
  try {
    return await readEntry(archive, record, limit);
  } catch (thrown) {
    note(problems, path, thrown);
    return null;
  }
}

/** A damaged entry is found when it is read; it joins the problems once. */
function note(problems: ViewProblem[], entry: string, thrown: unknown): void {
  if (problems.some((problem) => problem.entry === entry)) return;
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  problems.push({ kind: 'unreadable', entry, detail });
}
