import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { PlannedEntry } from '../plan/assemble.ts';
import { contentDigest } from './content-digest.ts';
import { feedEntry, type WrittenEntry } from './feed-entry.ts';
import { ZipWriter } from './zip-writer.ts';

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

/** Entries between two turns of the event loop, so that signals arrive. */
const BETWEEN_TURNS = 32;

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
  const writer = new ZipWriter({
    date: options.date,
    sink: (piece) => {
      whole.update(piece);
      size += piece.length;
      return options.sink(piece);
    },
  });
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
}

async function addAll(
  writer: ZipWriter,
  entries: readonly PlannedEntry[],
  { signal, onProgress }: WriteOptions,
): Promise<WrittenEntry[]> {
  const written: WrittenEntry[] = [];
  let done = 0;
  const onBytes = (count: number): void => {
    done += count;
    onProgress?.(done);
  };
  for (const entry of entries) {
    signal?.throwIfAborted();
    written.push(await feedEntry(writer, entry, { signal, onBytes }));
    if (written.length % BETWEEN_TURNS === 0) await turn();
  }
  return written;
}
