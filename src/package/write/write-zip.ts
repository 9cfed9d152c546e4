import { createHash, type Hash } from 'node:crypto';
import { type Readable, Transform } from 'node:stream';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { PlannedEntry } from '../plan/assemble.ts';
import { archiverWriter } from './archiver-writer.ts';
import { contentDigest, type DigestedEntry } from './content-digest.ts';
import type { ZipWriter } from './zip-writer.ts';

export interface WrittenEntry extends DigestedEntry {
  /** Bytes, unpacked. */
  readonly size: number;
}

/** What was written. Sizes in bytes, digests in hex. */
export interface WrittenZip {
  readonly entries: readonly WrittenEntry[];
  readonly size: number;
  readonly unpackedSize: number;
  readonly sha256: string;
  readonly contentDigest: string;
}

export interface WriteOptions {
  readonly date: Date;
  readonly sink: (piece: Buffer) => Promise<void>;
  readonly signal?: AbortSignal;
  /** Called with the unpacked bytes done so far. */
  readonly onProgress?: (bytes: number) => void;
}

/** Larger files are streamed, so that memory stays flat. */
const AT_ONCE = 1024 * 1024;
/** How many small entries may wait inside the writer while the next is read. */
const AHEAD = 32;

/**
 * Writes planned entries as a zip, in their order; the same entries, contents and date give the same bytes.
 * Throws what the sink throws, the signal's reason, or a KpluginError when a file cannot be read any more.
 */
export async function writeZip(
  entries: readonly PlannedEntry[],
  options: WriteOptions,
): Promise<WrittenZip> {
  const whole = createHash('sha256');
  let size = 0;
  const writer = await archiverWriter({
    date: options.date,
    sink: (piece) => {
      whole.update(piece);
      size += piece.length;
      return options.sink(piece);
    },
  });
  try {
    const written = await addAll(writer, entries, options);
    await writer.finish();
    const unpackedSize = written.reduce((sum, entry) => sum + entry.size, 0);
    return {
      entries: written,
      size,
      unpackedSize,
      sha256: whole.digest('hex'),
      contentDigest: contentDigest(written),
    };
  } catch (thrown) {
    writer.abort();
    throw thrown;
  }
}

async function addAll(
  writer: ZipWriter,
  entries: readonly PlannedEntry[],
  { signal, onProgress }: WriteOptions,
): Promise<WrittenEntry[]> {
  const written: WrittenEntry[] = [];
  const waiting: Promise<void>[] = [];
  let done = 0;
  for (const entry of entries) {
    signal?.throwIfAborted();
    const { added, result } = await begin(writer, entry, signal);
    // A failure shows in the await below; until then it must not count as unhandled.
    added.catch(() => {});
    waiting.push(added);
    if (entry.size > AT_ONCE) await Promise.all(waiting.splice(0));
    else if (waiting.length > AHEAD) await waiting.shift();
    const finished = result();
    written.push(finished);
    done += finished.size;
    onProgress?.(done);
  }
  await Promise.all(waiting);
  return written;
}

interface Begun {
  readonly added: Promise<void>;
  /** To be called once a streamed entry is added. */
  readonly result: () => WrittenEntry;
}

async function begin(
  writer: ZipWriter,
  entry: PlannedEntry,
  signal: AbortSignal | undefined,
): Promise<Begun> {
  const { path, kind, mode, content } = entry;
  if (!content) {
    const result = (): WrittenEntry => ({ path, kind, mode, size: 0, sha256: null });
    return { added: writer.add(`${path}/`, mode, new Uint8Array()), result };
  }
  const hash = createHash('sha256');
  if (entry.size > AT_ONCE) {
    const counted = counting(await content.stream(), hash, path, signal);
    const result = (): WrittenEntry => ({
      path,
      kind,
      mode,
      size: counted.size(),
      sha256: hash.digest('hex'),
    });
    return { added: writer.add(path, mode, counted.stream), result };
  }
  const bytes = await content.bytes().catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  const sha256 = hash.update(bytes).digest('hex');
  const result = (): WrittenEntry => ({ path, kind, mode, size: bytes.length, sha256 });
  return { added: writer.add(path, mode, bytes), result };
}

/** Hashes and counts what flows by. */
function counting(
  source: Readable,
  hash: Hash,
  path: string,
  signal: AbortSignal | undefined,
): { stream: Readable; size: () => number } {
  let size = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      size += chunk.length;
      done(signal?.aborted ? abortError(signal) : null, chunk);
    },
  });
  source.on('error', (cause) => stream.destroy(unreadable(path, cause)));
  stream.on('close', () => source.destroy());
  return { stream: source.pipe(stream), size: () => size };
}

function abortError(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error('aborted');
}

function unreadable(path: string, cause: unknown): KpluginError {
  return new KpluginError({
    code: 'file-unreadable',
    exit: EXIT.usage,
    message: `${path} could not be read while it was packed`,
    reason: cause instanceof Error ? cause.message : String(cause),
    hint: 'see that nothing changes the project meanwhile, and pack again',
    cause,
  });
}
