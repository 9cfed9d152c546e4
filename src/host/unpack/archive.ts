import type { Readable } from 'node:stream';
import { openArchive } from '../../package/zip/archive.ts';
import { streamEntry } from '../../package/zip/read-entry.ts';
import { HostRefusal } from '../refusal.ts';
import { type GoMode, goMode } from './entry-mode.ts';

/** One entry as eKuiper sees it: nothing about its name is judged or cleaned yet. */
export interface ZipItem {
  readonly name: string;
  readonly mode: GoMode;
  /** Uncompressed bytes, as the zip claims. */
  readonly size: number;
  readonly crc32: number;
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
  if (archive.failure !== null || archive.zip === null) {
    archive.zip?.close();
    throw new HostRefusal('zip: not a valid zip file', {
      cause: new Error(archive.failure?.detail ?? 'unreadable'),
    });
  }
  const { zip, entries } = archive;
  return {
    items: entries.map((entry) => {
      const name = entry.fileNameRaw.toString('utf8');
      return {
        name,
        mode: goMode(name, entry),
        size: entry.uncompressedSize,
        crc32: entry.crc32,
        open: () => streamEntry(archive, entry),
      };
    }),
    close: () => zip.close(),
  };
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

/** The content in pieces, its length and checksum checked at the end as Go does. */
export async function* contentOf(item: ZipItem): AsyncGenerator<Buffer> {
  const { crc32 } = await import('node:zlib');
  let sum = 0;
  let length = 0;
  try {
    for await (const chunk of await item.open()) {
      sum = crc32(chunk, sum);
      length += chunk.length;
      if (length > item.size) break;
      yield chunk;
    }
  } catch (error) {
    throw new HostRefusal(readWords(error), { cause: error });
  }
  if (length < item.size) throw new HostRefusal('unexpected EOF');
  if (length > item.size || sum !== item.crc32) throw new HostRefusal('zip: checksum error');
}

function readWords(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (message.includes('method')) return 'zip: unsupported compression algorithm';
  if (message.includes('encrypted')) return 'zip: checksum error';
  return `flate: corrupt input (${message})`;
}
