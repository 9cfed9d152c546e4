import type { Readable } from 'node:stream';
import { openArchive } from '../../package/zip/archive.ts';
import { MAX_TOTAL } from '../../package/zip/limits.ts';
import { streamEntry } from '../../package/zip/read-entry.ts';
import { HostRefusal } from '../refusal.ts';
import { type GoMode, goMode } from './entry-mode.ts';

/** One entry as eKuiper sees it: nothing about its name is judged or cleaned yet. */
export interface ZipItem {
  readonly name: string;
  readonly mode: GoMode;
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
  const unpacked = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  if (unpacked > MAX_TOTAL) {
    zip.close();
    throw new HostRefusal(`kplugin serve refuses the zip: it would unpack to ${unpacked} bytes`);
  }
  return {
    items: entries.map((entry) => {
      const name = entry.fileNameRaw.toString('utf8');
      return {
        name,
        mode: goMode(name, entry),
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

/** The content in pieces; size and checksum were checked when it ends, as Go does. */
export async function* contentOf(item: ZipItem): AsyncGenerator<Buffer> {
  try {
    yield* await item.open();
  } catch (error) {
    throw new HostRefusal(readWords(error), { cause: error });
  }
}

/** Go's words for what the zip reader says. */
const READ_WORDS: readonly (readonly [RegExp, string])[] = [
  [/compressed by method/, 'zip: unsupported compression algorithm'],
  [/checksum|encrypted/, 'zip: checksum error'],
  [/another size|ends before/, 'unexpected EOF'],
];

function readWords(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const known = READ_WORDS.find(([pattern]) => pattern.test(message));
  return known?.[1] ?? `flate: corrupt input: ${message}`;
}
