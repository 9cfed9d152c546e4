import { open, readFile, stat } from 'node:fs/promises';
import type { Entry as ZipEntry, ZipFile } from 'yauzl';
import type { ViewProblem } from '../../model/view.ts';
import { countProblem } from './limits.ts';

/** Smaller zips are read whole: listing from memory is four times as fast (anchors.md §1.3). */
const IN_MEMORY_BELOW = 256 * 1024 ** 2;

/** An opened zip with its central directory read as far as it could be. */
export interface Archive {
  /** Bytes of the zip; null when it is too large to be held in memory. */
  readonly bytes: Buffer | null;
  /** Where it lies; empty when it never lay anywhere. */
  readonly path: string;
  readonly size: number;
  /** Null when nothing could be opened; `failure` says why. */
  readonly zip: ZipFile | null;
  readonly entries: readonly ZipEntry[];
  readonly failure: ViewProblem | null;
}

/**
 * Opens a zip from a path or from memory and lists it; rejects only when the file itself cannot be read.
 * Files from `inMemoryBelow` bytes on are read piece by piece.
 */
export async function openArchive(
  source: string | Buffer,
  inMemoryBelow: number = IN_MEMORY_BELOW,
): Promise<Archive> {
  if (typeof source !== 'string') return fromMemory(source, '');
  const { size } = await stat(source);
  return size < inMemoryBelow ? fromMemory(await readFile(source), source) : fromFile(source, size);
}

async function fromMemory(bytes: Buffer, path: string): Promise<Archive> {
  const { openInMemory } = await import('./open-zip.ts');
  const start = bytes.subarray(0, 4);
  return list({ path, size: bytes.length, bytes }, start, () => openInMemory(bytes));
}

async function fromFile(path: string, size: number): Promise<Archive> {
  const { openOnDisk } = await import('./open-zip.ts');
  const handle = await open(path, 'r');
  const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0).finally(() => handle.close());
  return list({ path, size, bytes: null }, buffer, () => openOnDisk(path));
}

async function list(
  at: Pick<Archive, 'path' | 'size' | 'bytes'>,
  start: Buffer,
  openZip: () => Promise<ZipFile>,
): Promise<Archive> {
  const entries: ZipEntry[] = [];
  let zip: ZipFile | null = null;
  let failure: ViewProblem | null = null;
  try {
    zip = await openZip();
    failure = countProblem(zip.entryCount);
    if (!failure) await readEntries(zip, entries);
  } catch (thrown) {
    failure = failureOf(thrown, start);
  }
  return { ...at, zip, entries, failure };
}

/** Keeps what was read when the directory breaks off in the middle. */
function readEntries(zip: ZipFile, entries: ZipEntry[]): Promise<void> {
  return new Promise((resolve, reject) => {
    // The listener stays: after the listing nobody else waits for errors.
    zip.on('error', reject);
    zip.on('end', resolve);
    zip.on('entry', (entry: ZipEntry) => {
      entries.push(entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
}

function failureOf(thrown: unknown, start: Buffer): ViewProblem {
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return { kind: kindOf(detail, start), entry: null, detail };
}

function kindOf(message: string, start: Buffer): ViewProblem['kind'] {
  if (message.includes('encryption')) return 'encrypted';
  const beginsLikeZip = start.toString('latin1', 0, 2) === 'PK';
  if (message.startsWith('End of central directory')) {
    return beginsLikeZip ? 'truncated' : 'not-a-zip';
  }
  return beginsLikeZip ? 'unreadable' : 'not-a-zip';
}
