import type { IncomingMessage } from 'node:http';
import { HostRefusal } from '../runtime/refusal.ts';

const LIMIT = 256 * 1024 ** 2;

/** Reads the body of a request. Throws HostRefusal above 256 MiB. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    // The rest is read and dropped: a client that is still sending would not receive the response.
    if (length <= LIMIT) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (length > LIMIT) throw new HostRefusal('http: request body too large');
  return Buffer.concat(chunks);
}
