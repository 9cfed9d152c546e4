import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/**
 * Writes a stream to a new or emptied file. Rejects as the stream, the file or the signal does, and not before the file is
 * closed: whoever removes it then could otherwise be earlier than its opening, and an empty one stays.
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
