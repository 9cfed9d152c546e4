import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/**
 * Writes a stream to a new or truncated file. Rejects when the stream, the file or the signal does, and only after
 * the file is closed: otherwise a caller could remove the file before it is created, and an empty one would stay.
 */
export async function streamInto(
  source: Readable,
  file: string,
  signal?: AbortSignal,
): Promise<void> {
  const out = createWriteStream(file);
  try {
    await pipeline(source, out, signal === undefined ? {} : { signal });
  } finally {
    if (!out.closed) await once(out, 'close');
  }
}
