import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { readRegularFileSync } from './regular-file.ts';

/** Where an entry's bytes come from: a file, or an entry of another zip. */
export interface Content {
  /** All of it; for what is small. */
  bytes(): Promise<Uint8Array>;
  /** Piece by piece; for what is not. */
  stream(): Promise<Readable>;
  /** The first bytes, where there is a cheaper way to them than a stream. */
  start?(limit: number): Promise<Uint8Array>;
}

const CHUNK = 256 * 1024;
/** Nobody asks for all of a larger file; a link into /proc may lead to one that never ends and has no size. */
const MOST_AT_ONCE = 64 * 1024 ** 2;

/** A file's content. Reading at once is synchronous: for thousands of small files that is the fastest by far. */
export function fileContent(file: string): Content {
  return {
    bytes: async () => readRegularFileSync(file, MOST_AT_ONCE),
    stream: async () => createReadStream(file, { highWaterMark: CHUNK }),
  };
}

/** Content that is in memory already. */
export function memoryContent(bytes: Uint8Array): Content {
  return { bytes: async () => bytes, stream: async () => Readable.from([bytes]) };
}

/** The first `limit` bytes of something of `size` bytes. */
export async function readStart(
  content: Content,
  size: number,
  limit: number,
): Promise<Uint8Array> {
  if (size <= limit) return content.bytes();
  return content.start ? content.start(limit) : cut(await content.stream(), limit);
}

/** The first `limit` bytes of a stream, which is closed then. */
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
