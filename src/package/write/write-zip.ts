import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { EXIT, KpluginError } from '../../model/error.ts';
import { contentDigest } from '../files/content.ts';
import type { PlannedEntry } from '../plan/planned-entries.ts';
import { AT_ONCE, feedEntry, type WrittenEntry, type ZipWriter } from './feed-entry.ts';

/** The written package. Sizes in bytes, digests in hex. */
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
  /** Called with the number of unpacked bytes so far. */
  readonly onProgress?: (bytes: number) => void;
}

/** Number of small entries that may wait in the writer while the next is read. */
const AHEAD = 32;

/**
 * Writes planned entries as a zip, in their order; the same entries, contents and date give the same bytes. Throws
 * what the sink throws, the signal's reason, or a KpluginError when a file cannot be read any more.
 */
export async function writeZip(
  entries: readonly PlannedEntry[],
  options: WriteOptions,
): Promise<WrittenZip> {
  const whole = createHash('sha256');
  let size = 0;
  // Loaded lazily: planning a zip needs no writer.
  const { archiverWriter } = await import('./archiver-writer.ts');
  const writer = archiverWriter({
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
  const onBytes = (count: number): void => {
    done += count;
    onProgress?.(done);
  };
  for (const entry of entries) {
    signal?.throwIfAborted();
    const { added, result } = await feedEntry(writer, entry, { signal, onBytes });
    // A failure is reported by an await below; until then it must not count as unhandled.
    added.catch(() => {});
    waiting.push(added);
    if (entry.size > AT_ONCE) await Promise.all(waiting.splice(0));
    else if (waiting.length > AHEAD) {
      await Promise.all(waiting.splice(0));
      // Small entries are written synchronously; yield so that output is flushed and signals are handled.
      await turn();
    }
    written.push(result());
  }
  await Promise.all(waiting);
  return written;
}

/** The earliest date that a zip can store. */
const EARLIEST = Date.UTC(1980, 0, 1);

/** The latest date that all zip writers and readers support. */
const LATEST = Date.UTC(2043, 11, 31, 23, 59, 58);

/**
 * The date of every entry: `SOURCE_DATE_EPOCH` (whole seconds since 1970, by the specification of
 * reproducible-builds.org) or 1980-01-01, limited to the range of zip and rounded to its two seconds. Throws a usage
 * error when it is not a whole number of seconds.
 */
export function entryDate(sourceDateEpoch: string | undefined): Date {
  if (sourceDateEpoch === undefined || sourceDateEpoch === '') return new Date(EARLIEST);
  const seconds = /^\d{1,15}$/.test(sourceDateEpoch) ? Number(sourceDateEpoch) : null;
  if (seconds === null) throw invalid(sourceDateEpoch);
  const even = (seconds - (seconds % 2)) * 1000;
  return new Date(Math.min(LATEST, Math.max(EARLIEST, even)));
}

function invalid(value: string): KpluginError {
  return new KpluginError({
    code: 'source-date-epoch-invalid',
    exit: EXIT.usage,
    message: `SOURCE_DATE_EPOCH is "${value}", which is no whole number of seconds since 1970`,
    reason: 'the dates inside the package come from it',
    hint: 'export SOURCE_DATE_EPOCH=$(git log -1 --format=%ct), or unset it',
  });
}
