import type { Readable } from 'node:stream';
import type { ViewProblem } from '../../model/view.ts';
import { type Archive, openArchive } from '../../package/zip/archive.ts';
import { type GoMode, goMode } from '../../package/zip/entry-mode.ts';
import { nameText } from '../../package/zip/entry-name.ts';
import { MAX_TOTAL } from '../../package/zip/limits.ts';
import { readEntry, streamEntry } from '../../package/zip/read-entry.ts';
import type { ZipRecord } from '../../package/zip/record.ts';
import { faultOf, ZipFault } from '../../package/zip/zip-fault.ts';
import { HostRefusal } from '../refusal.ts';

/** One entry as eKuiper sees it: nothing about its name is judged or cleaned yet. */
export interface ZipItem {
  readonly name: string;
  readonly mode: GoMode;
  /** The whole content where it is small and sound; else null: open() then gives as much of it as Go reads. */
  small(): Promise<Uint8Array | null>;
  open(): Promise<Readable>;
}

export interface OpenZip {
  /** In the zip's own order, directories included. */
  readonly items: readonly ZipItem[];
  close(): void;
}

/** Opens a zip for unpacking; throws HostRefusal in Go's words when it is none. */
export async function openZip(path: string): Promise<OpenZip> {
  const archive = await openArchive(path);
  const { source, records, failure } = archive;
  const refusal = failure === null ? tooLarge(records) : refusalOf(failure);
  if (refusal !== null) {
    source.close();
    throw refusal;
  }
  return {
    items: records.map((record) => ({
      name: nameText(record.name),
      mode: goMode(record.name, record),
      small: () => smallContent(archive, record),
      open: () => streamEntry(archive, record),
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

/** The whole content of an entry, at most `limit` bytes; throws HostRefusal in Go's words. */
export async function readItem(item: ZipItem, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of contentOf(item)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > limit) throw new HostRefusal(`${item.name} is larger than ${limit} bytes`);
  }
  return Buffer.concat(chunks);
}

/** The content in pieces; size and checksum were checked when it ends, as Go does. */
export async function* contentOf(item: ZipItem): AsyncGenerator<Buffer> {
  try {
    yield* await item.open();
  } catch (error) {
    throw new HostRefusal(faultOf(error).answer, { cause: error });
  }
}
