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

// Names are judged by us, one by one: yauzl's own checks would end the listing at the first bad one.
const OPTIONS = { autoClose: false, decodeStrings: false, validateEntrySizes: false } as const;

/** Opens a zip from a path or from memory and lists it; rejects only when the file itself cannot be read. */
export async function openArchive(source: string | Buffer): Promise<Archive> {
  if (typeof source !== 'string') return fromMemory(source, '');
  const { size } = await stat(source);
  return size < IN_MEMORY_BELOW
    ? fromMemory(await readFile(source), source)
    : fromFile(source, size);
}

/** Its default export: a bundled CommonJS package has no other. */
async function yauzl() {
  return (await import('yauzl')).default;
}

async function fromMemory(bytes: Buffer, path: string): Promise<Archive> {
  const { fromBufferPromise } = await yauzl();
  const start = bytes.subarray(0, 4);
  const at = { path, size: bytes.length, bytes };
  return list(at, start, () => fromBufferPromise(bytes, { ...OPTIONS }));
}

async function fromFile(path: string, size: number): Promise<Archive> {
  const { openPromise } = await yauzl();
  const handle = await open(path, 'r');
  const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0).finally(() => handle.close());
  const at = { path, size, bytes: null };
  return list(at, buffer, () => openPromise(path, { ...OPTIONS }));
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
    // After the listing nobody waits on events any more; reads report their own failures.
    zip.on('error', () => {});
    failure = countProblem(zip.entryCount);
    if (!failure) for await (const entry of zip.eachEntry()) entries.push(entry);
  } catch (thrown) {
    failure = failureOf(thrown, start);
  }
  return { ...at, zip, entries, failure };
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
