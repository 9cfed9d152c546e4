import { byteText } from '../../../model/byte-text.ts';
import type { ViewProblem } from '../../../model/view.ts';
import { type Archive, openArchive } from '../../../package/zip/archive.ts';
import { type GoMode, goMode } from '../../../package/zip/entry-mode.ts';
import { goPieces } from '../../../package/zip/go-pieces.ts';
import { MAX_TOTAL } from '../../../package/zip/limits.ts';
import { readEntry } from '../../../package/zip/read-entry.ts';
import type { ZipRecord } from '../../../package/zip/record.ts';
import { faultOf, ZipFault } from '../../../package/zip/zip-fault.ts';
import { HostRefusal } from '../refusal.ts';

/** One zip entry as eKuiper sees it: its name is neither checked nor cleaned yet. */
export interface ZipItem {
  /** As byteText makes it. */
  readonly name: string;
  readonly mode: GoMode;
  /** The whole content of a small valid entry; else null: then open() gives as much of it as Go returns. */
  small(): Promise<Uint8Array | null>;
  /** Rejects with a HostRefusal with Go's error text; so does the iterable. */
  open(): Promise<AsyncIterable<Buffer>>;
}

export interface OpenZip {
  /** In the zip's own order, directories included. */
  readonly items: readonly ZipItem[];
  close(): void;
}

/**
 * Opens a zip for unpacking. Throws HostRefusal with Go's error text for an invalid one. `shownAs`: the path of
 * eKuiper's copy, which some error texts contain.
 */
export async function openZip(path: string, shownAs: string): Promise<OpenZip> {
  const archive = await openArchive(path);
  const { source, records, failure } = archive;
  const refusal = failure === null ? tooLarge(records) : refusalOf(failure);
  if (refusal !== null) {
    source.close();
    throw refusal;
  }
  return {
    items: records.map((record) => ({
      name: byteText(record.name),
      mode: goMode(record.name, record),
      small: () => smallContent(archive, record),
      open: () => open(archive, record, shownAs),
    })),
    close: () => source.close(),
  };
}

/** Bytes: a stream for each small file would cost more than the file. */
const SMALL = 1024 ** 2;

async function smallContent(archive: Archive, record: ZipRecord): Promise<Uint8Array | null> {
  if (record.size > SMALL || record.packedSize > SMALL) return null;
  try {
    return await readEntry(archive, record, record.size);
  } catch (error) {
    if (error instanceof ZipFault) return null;
    throw error;
  }
}

function refusalOf({ answer, detail }: ViewProblem): HostRefusal {
  const words = answer ?? `kplugin serve refuses the zip: ${detail}`;
  return new HostRefusal(words, { cause: new Error(detail) });
}

function tooLarge(records: readonly ZipRecord[]): HostRefusal | null {
  const unpacked = records.reduce((sum, record) => sum + record.size, 0);
  if (unpacked <= MAX_TOTAL) return null;
  return new HostRefusal(`kplugin serve refuses the zip: it would unpack to ${unpacked} bytes`);
}

/** Reads the whole content of an opened entry, at most `limit` bytes. Throws HostRefusal with Go's error text. */
export async function readAll(content: AsyncIterable<Buffer>, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of content) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > limit) throw new HostRefusal(`a file of the zip is larger than ${limit} bytes`);
  }
  return Buffer.concat(chunks);
}

async function open(
  archive: Archive,
  record: ZipRecord,
  shownAs: string,
): Promise<AsyncIterable<Buffer>> {
  try {
    return refusing(await goPieces(archive, record));
  } catch (error) {
    const { answer } = faultOf(error);
    // Go's os.File includes its own name.
    const words = answer === 'negative offset' ? `readat ${shownAs}: ${answer}` : answer;
    throw new HostRefusal(words, { cause: error });
  }
}

async function* refusing(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* pieces;
  } catch (error) {
    throw new HostRefusal(faultOf(error).answer, { cause: error });
  }
}
