import { Agent, type Dispatcher, request } from 'undici';
import { signalWithin } from '../../sp/signal-within.ts';
import type { HostAddress } from '../address.ts';
import { HostFailure } from './host-failure.ts';
import { networkFailure } from './network-failure.ts';

/** A body that is streamed, with its exact size in bytes. */
export interface StreamedBody {
  readonly type: string;
  readonly length: number;
  readonly chunks: () => AsyncIterable<Uint8Array>;
}

export interface HostRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** eKuiper's path, percent-encoded: `/plugins/portables/pysam`. */
  readonly path: string;
  readonly json?: unknown;
  readonly body?: StreamedBody;
  /** Milliseconds for the whole answer; while a body is streamed, for each step of it. */
  readonly timeout: number;
  /** The most bytes of an answer that are taken. */
  readonly limit: number;
}

/** What came back, whatever its status. */
export interface HostAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** The one way to a host. Throws HostFailure for everything the network can do, and the signal's reason when aborted. */
export interface Transport {
  send(request: HostRequest): Promise<HostAnswer>;
  close(): Promise<void>;
}

export interface TransportOptions {
  readonly address: HostAddress;
  readonly signal: AbortSignal;
  /** Milliseconds for the connection itself; default 10 s. */
  readonly connectTimeout?: number;
  /** Gives the Authorization header of a request (eKuiper wants a raw JWT), or null for none. */
  readonly authorize?: (() => Promise<string | null>) | null;
  /** For proxies and own certificates; default: a direct connection with the system's. */
  readonly dispatcher?: Dispatcher;
}

/** Opens a way to a host over HTTP/1.1; nothing is sent yet. */
export function openTransport(options: TransportOptions): Transport {
  const dispatcher = options.dispatcher ?? directAgent(options.connectTimeout ?? 10_000);
  return {
    send: (wanted) => send(wanted, options, dispatcher),
    close: () => (options.dispatcher ? Promise.resolve() : dispatcher.close()),
  };
}

/** One connection per request: a kept one that the host has closed meanwhile would look like a dropped answer. */
function directAgent(timeout: number): Agent {
  return new Agent({ connect: { timeout }, pipelining: 0 });
}

async function send(
  wanted: HostRequest,
  options: TransportOptions,
  dispatcher: Dispatcher,
): Promise<HostAnswer> {
  const { address, signal } = options;
  try {
    const authorization = (await options.authorize?.()) ?? null;
    const response = await request(`${address.origin}${address.basePath}${wanted.path}`, {
      dispatcher,
      method: wanted.method,
      ...payload(wanted, authorization),
      ...limits(wanted, signal),
    });
    const text = await readText(response.body, wanted.limit, address);
    return { status: response.statusCode, headers: response.headers, text };
  } catch (thrown) {
    signal.throwIfAborted();
    throw networkFailure(thrown, address) ?? thrown;
  }
}

function payload(
  wanted: HostRequest,
  authorization: string | null,
): Pick<Dispatcher.RequestOptions, 'headers' | 'body'> {
  const headers: Record<string, string> = { accept: 'application/json, text/plain, */*' };
  if (authorization !== null) headers['authorization'] = authorization;
  if (wanted.body) {
    headers['content-type'] = wanted.body.type;
    headers['content-length'] = String(wanted.body.length);
    return { headers, body: wanted.body.chunks() as unknown as never };
  }
  if (wanted.json === undefined) return { headers };
  // Exactly this: eKuiper compares the header as a whole, a charset behind it would count as multipart.
  headers['content-type'] = 'application/json';
  return { headers, body: JSON.stringify(wanted.json) };
}

function limits(
  wanted: HostRequest,
  signal: AbortSignal,
): Pick<Dispatcher.RequestOptions, 'headersTimeout' | 'bodyTimeout'> & { signal: AbortSignal } {
  if (wanted.body) return { signal, headersTimeout: wanted.timeout, bodyTimeout: wanted.timeout };
  const whole = signalWithin(wanted.timeout, signal);
  return { signal: whole, headersTimeout: 0, bodyTimeout: 0 };
}

async function readText(
  body: AsyncIterable<Uint8Array> & { destroy(): unknown },
  limit: number,
  address: HostAddress,
): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > limit) {
      body.destroy();
      throw new HostFailure({
        kind: 'wrong-service',
        message: `${address.label} answered with more than ${limit} bytes`,
        reason: 'eKuiper never answers this request with so much',
        hint: `is it eKuiper's REST port? try: curl ${address.origin}${address.basePath}/`,
      });
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
