import { createHash, hash } from 'node:crypto';
import { type Readable, Transform } from 'node:stream';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { Content, DigestedEntry } from '../files/content.ts';
import type { PlannedEntry } from '../plan/planned-entries.ts';

export interface WrittenEntry extends DigestedEntry {
  /** Bytes, unpacked. */
  readonly size: number;
}

/** Adds entries to a zip, in the order of the calls. */
export interface ZipWriter {
  /** `name` ends with a slash for a directory; `mode` holds permission bits. Resolves when the entry is written. */
  add(name: string, mode: number, content: Uint8Array | Readable): Promise<void>;
  /** Writes the central directory; resolves when the last byte was accepted by the sink. */
  finish(): Promise<void>;
  /** Aborts and releases all resources. */
  abort(): void;
}

export interface ZipWriterOptions {
  /** The date of every entry; see `entryDate` in write-zip.ts. */
  readonly date: Date;
  /** Receives the zip's bytes in sequence, one piece at a time. */
  readonly sink: (piece: Buffer) => Promise<void>;
}

interface Feeding {
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of bytes of each chunk that was read. */
  readonly onBytes: (count: number) => void;
}

interface Fed {
  /** Resolves when the writer has read everything. */
  readonly added: Promise<void>;
  /** The result; valid after `added`. */
  readonly result: () => WrittenEntry;
}

/** Larger files are streamed, so that memory stays constant. */
export const AT_ONCE = 1024 * 1024;

/** Passes an entry to the writer and digests it on the way. Throws when a small file cannot be read any more. */
export async function feedEntry(
  writer: ZipWriter,
  entry: PlannedEntry,
  feeding: Feeding,
): Promise<Fed> {
  const { path, kind, mode, content } = entry;
  if (!content) {
    const added = writer.add(`${path}/`, mode, new Uint8Array());
    return { added, result: () => ({ path, kind, mode, size: 0, sha256: null }) };
  }
  if (entry.size <= AT_ONCE) return atOnce(writer, entry, content, feeding);
  const { source, size, sha256 } = await inPieces(path, content, feeding);
  const added = writer.add(path, mode, source);
  return { added, result: () => ({ path, kind, mode, size: size(), sha256: sha256() }) };
}

async function atOnce(
  writer: ZipWriter,
  { path, kind, mode }: PlannedEntry,
  content: Content,
  { onBytes }: Feeding,
): Promise<Fed> {
  const source = await content.bytes().catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  onBytes(source.length);
  const written = { path, kind, mode, size: source.length, sha256: hash('sha256', source) };
  return { added: writer.add(path, mode, source), result: () => written };
}

interface Digested {
  readonly source: Readable;
  readonly size: () => number;
  readonly sha256: () => string;
}

async function inPieces(path: string, content: Content, feeding: Feeding): Promise<Digested> {
  const { signal, onBytes } = feeding;
  const running = createHash('sha256');
  let size = 0;
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      running.update(chunk);
      size += chunk.length;
      onBytes(chunk.length);
      done(signal?.aborted ? abortError(signal) : null, chunk);
    },
  });
  const origin = await content.stream();
  origin.on('error', (cause) => counting.destroy(unreadable(path, cause)));
  counting.on('close', () => origin.destroy());
  return { source: origin.pipe(counting), size: () => size, sha256: () => running.digest('hex') };
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
