import type { IncomingMessage } from 'node:http';
import { HostRefusal } from '../runtime/refusal.ts';

const LIMIT = 256 * 1024 ** 2;

/** All of a request's body; throws HostRefusal for more than 256 MiB. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    // Read to its end all the same: who still sends would not hear the answer.
    if (length <= LIMIT) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (length > LIMIT) throw new HostRefusal('http: request body too large');
  return Buffer.concat(chunks);
}
