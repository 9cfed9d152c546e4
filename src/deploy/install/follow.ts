import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Dispatcher } from 'undici';

/** The response at the end of all redirects: headers are read, the body is not. */
export interface Answer {
  readonly status: number;
  /** `content-encoding` in lower case; empty for none. */
  readonly encoding: string;
  readonly body: Readable;
}

/** The limit of the Fetch standard. */
const MOST_REDIRECTS = 20;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Requests a URL and follows redirects, over http and https. Throws network errors, the signal's reason, and for an
 * invalid redirect an Error whose message contains no part of a URL.
 */
export async function follow(
  dispatcher: Dispatcher,
  from: URL,
  signal: AbortSignal,
): Promise<Answer> {
  let url = from;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const { statusCode, headers, body } = await dispatcher.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: 'GET',
      // A package is compressed already.
      headers: { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'kplugin' },
      signal,
    });
    const location = one(headers['location']);
    if (!REDIRECTS.has(statusCode) || location === '') {
      const encoding = one(headers['content-encoding']).trim().toLowerCase();
      return { status: statusCode, encoding, body };
    }
    // The body of a redirect is for browsers.
    body.on('error', () => {}).destroy();
    url = target(location, url);
  }
  throw new Error('the server redirects too often');
}

/**
 * Decodes a body that the server compressed for the transfer, which some servers do without being asked. Throws when
 * much more data arrives than it unpacks to: empty blocks and members can be sent without end.
 */
export async function* decoded(body: Readable, encoding: string): AsyncGenerator<Uint8Array> {
  const unpack = UNPACK.get(encoding)?.();
  if (unpack === undefined) {
    yield* body;
    return;
  }
  let packed = 0;
  let plain = 0;
  body.on('error', (error) => unpack.destroy(error));
  body.on('data', (chunk: Uint8Array) => {
    packed += chunk.length;
    if (packed <= ALLOWANCE + PER_BYTE * plain) return;
    unpack.destroy(new Error(`it sent ${packed} bytes that unpack to ${plain}`));
  });
  unpack.on('close', () => body.destroy());
  for await (const piece of body.pipe(unpack)) {
    plain += piece.length;
    yield piece;
  }
}

/** Compressed data is hardly ever longer than the data itself; the rest is what the decoder still holds. */
const PER_BYTE = 2;
const ALLOWANCE = 1024 * 1024;

const UNPACK: ReadonlyMap<string, () => ReturnType<typeof createGunzip>> = new Map([
  ['gzip', () => createGunzip()],
  ['x-gzip', () => createGunzip()],
  ['deflate', () => createInflate()],
  ['br', () => createBrotliDecompress()],
]);

function one(header: string | string[] | undefined): string {
  return (Array.isArray(header) ? header[0] : header) ?? '';
}

function target(location: string, from: URL): URL {
  if (!URL.canParse(location, from.href)) throw new Error('the server redirects to an invalid URL');
  const to = new URL(location, from);
  if (to.protocol !== 'http:' && to.protocol !== 'https:') {
    throw new Error('the server redirects to what is neither http nor https');
  }
  if (to.username !== '' || to.password !== '') {
    throw new Error('the server redirects to a URL with a user and password');
  }
  return to;
}
