import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { BlockList, isIPv6 } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { has } from '../../model/behaviours.ts';
import type { Target } from '../../model/target.ts';
import { errnoWords, errorCode, excerpt, HostRefusal, pathError } from '../runtime/refusal.ts';

/** Scheme, authority and path, as Go's url.Parse: `FILE:///x`, `file:/x`, `HTTP://host/x`. */
const URI = /^(file|https?):(?:\/\/([^/?]*))?((?:\/[^?]*)?)/i;
const INTERNAL = new BlockList();

for (const [network, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['0.0.0.0', 32],
] as const) {
  INTERNAL.addSubnet(network, prefix, 'ipv4');
}

for (const [network, prefix] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
  ['::', 128],
] as const) {
  INTERNAL.addSubnet(network, prefix, 'ipv6');
}

/** A package on this machine; `release` removes what was downloaded. */
interface Fetched {
  readonly path: string;
  release(): Promise<void>;
}

interface Download {
  readonly target: Target;
  /** Directory for downloads; a `file://` package is read in place. */
  readonly into: string;
  readonly signal: AbortSignal;
}

/** eKuiper's check of the URI before a download: `file://` or http(s), ending with `.zip`. */
export function isPackageUri(uri: string): boolean {
  return uri.endsWith('.zip') && isFetchable(uri);
}

/** Whether eKuiper accepts the URI: `file:///…` or http(s) with a host. */
export function isFetchable(uri: string): boolean {
  const url = goUrl(uri);
  if (url === null) return false;
  return url.scheme === 'file' ? url.host === '' && url.path !== '' : url.host !== '';
}

/** Fetches a package from its URI. Throws HostRefusal with eKuiper's error text. Source: pkg/httpx/http.go. */
export async function fetchPackage(uri: string, download: Download): Promise<Fetched> {
  try {
    return await fetchFile(uri, download);
  } catch (error) {
    const words = error instanceof HostRefusal ? error.message : errnoWords(error);
    throw new HostRefusal(`fail to download file ${uri}: ${words}`, { cause: error });
  }
}

/** As {@link fetchPackage} for any file, with the bare error text. */
export async function fetchFile(uri: string, download: Download): Promise<Fetched> {
  const url = goUrl(uri);
  if (url?.scheme === 'file') return localFile(url.path);
  return overHttp(
    uri.replace(/^\w+/, (scheme) => scheme.toLowerCase()),
    download,
  );
}

interface GoUrl {
  readonly scheme: 'file' | 'http' | 'https';
  readonly host: string;
  /** The decoded path, as in Go: `a%20b.zip` is the file `a b.zip` (docs/ekuiper.md#upload-names). */
  readonly path: string;
}

function goUrl(uri: string): GoUrl | null {
  const match = URI.exec(uri);
  if (!match) return null;
  const [, written = '', host = '', path = ''] = match;
  const scheme = written.toLowerCase();
  if (scheme !== 'file' && scheme !== 'http' && scheme !== 'https') return null;
  try {
    return { scheme, host, path: decodeURIComponent(path) };
  } catch {
    return null;
  }
}

async function localFile(path: string): Promise<Fetched> {
  const stats = await stat(path).catch((error: unknown) => {
    throw new HostRefusal(pathError('stat', path, error));
  });
  if (!stats.isFile()) throw new HostRefusal(`${path} is not a regular file`);
  return { path, release: async () => undefined };
}

async function overHttp(uri: string, { target, into, signal }: Download): Promise<Fetched> {
  if (has(target, 'refuses-private-addresses')) await refusePrivateNet(uri);
  const response = await fetch(uri, { signal }).catch((error: unknown) => {
    throw new HostRefusal(`Get "${uri}": ${connectWords(error)}`, { cause: error });
  });
  if (response.status !== 200 || response.body === null) {
    const { status, statusText } = response;
    throw new HostRefusal(
      `cannot download the file with status: ${status} ${status} ${excerpt(statusText)}`,
    );
  }
  const release = (): Promise<void> => rm(into, { force: true });
  try {
    await streamInto(Readable.fromWeb(response.body), into, signal);
  } catch (error) {
    await release();
    throw error;
  }
  return { path: into, release };
}

async function refusePrivateNet(uri: string): Promise<void> {
  const { hostname, port, protocol } = new URL(uri);
  const address = await privateAddressOf(hostname);
  if (address === null) return;
  const where = `${address}:${port || (protocol === 'https:' ? '443' : '80')}`;
  throw new HostRefusal(`Get "${uri}": dial tcp ${where}: ip ${address} is in internal network`);
}

function connectWords(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (errorCode(cause) === 'ENOTFOUND') return 'dial tcp: lookup: no such host';
  const { address, port } = { address: null, port: null, ...(cause instanceof Error ? cause : {}) };
  return `dial tcp${address === null ? '' : ` ${address}:${port}`}: ${errnoWords(cause)}`;
}

/**
 * Returns the address of a host name that eKuiper 2.4 calls internal (loopback, private, link-local) and refuses to
 * download from; null for any other, and for a name that cannot be resolved.
 */
export async function privateAddressOf(hostname: string): Promise<string | null> {
  const bare = hostname.replace(/^\[|\]$/g, '');
  const found = await lookup(bare).catch(() => null);
  if (found === null) return null;
  return INTERNAL.check(found.address, isIPv6(found.address) ? 'ipv6' : 'ipv4')
    ? found.address
    : null;
}

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
