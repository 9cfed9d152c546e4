import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { sortedByBytes } from '../../model/byte-text.ts';
import { readRegularFileSync } from './regular-file.ts';

/** The source of an entry's bytes: a file, or an entry of another zip. */
export interface Content {
  /** Reads all of it; for small content. */
  bytes(): Promise<Uint8Array>;
  /** Reads it as a stream; for large content. */
  stream(): Promise<Readable>;
  /** Reads the first bytes, when this is cheaper than a stream. */
  start?(limit: number): Promise<Uint8Array>;
}

const CHUNK = 256 * 1024;

/** Larger files are never read at once; a link into /proc may lead to an endless file without a size. */
const MOST_AT_ONCE = 64 * 1024 ** 2;

/** The content of a file. `bytes` reads synchronously: by far the fastest way for thousands of small files. */
export function fileContent(file: string): Content {
  return {
    bytes: async () => readRegularFileSync(file, MOST_AT_ONCE),
    stream: async () => createReadStream(file, { highWaterMark: CHUNK }),
  };
}

/** Content that is already in memory. */
export function memoryContent(bytes: Uint8Array): Content {
  return { bytes: async () => bytes, stream: async () => Readable.from([bytes]) };
}

/** Reads the first `limit` bytes of content with `size` bytes. */
export async function readStart(
  content: Content,
  size: number,
  limit: number,
): Promise<Uint8Array> {
  if (size <= limit) return content.bytes();
  return content.start ? content.start(limit) : cut(await content.stream(), limit);
}

/** Reads the first `limit` bytes of a stream and closes it. */
export async function cut(stream: Readable, limit: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= limit) break;
  }
  return Buffer.concat(chunks).subarray(0, limit);
}

/** The fields of an entry that the content digest covers. */
export interface DigestedEntry {
  readonly path: string;
  readonly kind: 'file' | 'directory';
  /** Permission bits. */
  readonly mode: number;
  /** Hex sha256 of the content; null for a directory. */
  readonly sha256: string | null;
}

/**
 * A digest of a package's content, independent of the packer and the time: the sha256 of one line per entry, `<mode,
 * four octal digits> <name> <hex sha256, or - for a directory>\n`, sorted by the bytes of the names (a directory's
 * ends with `/`), in UTF-8. Compression, dates and order do not matter.
 */
export function contentDigest(entries: readonly DigestedEntry[]): string {
  const hash = createHash('sha256');
  for (const entry of sortedByBytes(entries, nameOf)) hash.update(lineOf(entry));
  return hash.digest('hex');
}

function lineOf(entry: DigestedEntry): string {
  const mode = entry.mode.toString(8).padStart(4, '0');
  return `${mode} ${nameOf(entry)} ${entry.sha256 ?? '-'}\n`;
}

function nameOf({ path, kind }: DigestedEntry): string {
  return kind === 'directory' ? `${path}/` : path;
}
