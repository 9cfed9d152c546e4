import { setMaxListeners } from 'node:events';
import type { Dispatcher } from 'undici';
import { refuseMachineLimit } from '../model/machine-limit.ts';
import { shellWord } from '../model/shell-word.ts';
import { looksLikeHtml } from './error-body.ts';
import type { HostAddress } from './http/address.ts';
import { type Dispatchers, openDispatchers } from './http/dispatchers.ts';
import { exchange } from './http/exchange.ts';
import { type Masking, masking } from './http/foreign-text.ts';
import { HostFailure } from './http/host-failure.ts';
import { type HostProxy, proxyFailure, proxyRefusal } from './http/host-proxy.ts';
import { codeOf, networkFailure } from './http/network-failure.ts';
import { NO_TLS_FILES, type TlsFiles } from './http/tls.ts';
import { stepLimits, Upload, wholeTimeout } from './http/upload.ts';

/** A streamed request body with its exact size in bytes. */
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
  /** Timeout in milliseconds for the whole response; for a streamed body, per step, see {@link wholeTimeout}. */
  readonly timeout: number;
  /** Maximum size of the response in bytes. */
  readonly limit: number;
}

/** A response with any status. */
export interface HostAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Sends requests to a host. Throws HostFailure for network errors, and the signal's reason when aborted. */
export interface Transport {
  send(request: HostRequest): Promise<HostAnswer>;
  /** Closes the connections of the whole {@link HostSession}. */
  close(): Promise<void>;
}

/** The connections, tokens and clock difference of one host. */
interface HostSession {
  /** A transport whose requests are aborted by a signal; all transports of a session share its connections. */
  under(signal: AbortSignal): Transport;
}

interface SessionOptions {
  readonly address: HostAddress;
  /** Connect timeout in milliseconds; default 10 s. */
  readonly connectTimeout?: number;
  /**
   * Returns the Authorization header of a request (eKuiper expects the bare JWT), or null for none. `ahead`:
   * milliseconds by which the host's clock is ahead of this machine's, as seen in its responses so far.
   */
  readonly authorize?: ((ahead: number) => Promise<string | null>) | null;
  /** Returns the operator's own headers by name, for a gateway in front of the host; default and null: none. */
  readonly ownHeaders?: (() => Promise<ReadonlyMap<string, string>>) | null;
  /** Default: the system's CA certificates. */
  readonly tls?: TlsFiles;
  /** Default and null: a direct connection. */
  readonly proxy?: HostProxy | null;
  /** Milliseconds since 1970, to compute how far the host's clock is ahead; default: not computed. */
  readonly now?: () => number;
}

/** Error codes of undici and Node when the peer closed the connection. */
const DROPPED: ReadonlySet<string> = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

/** Characters of a header's value. Shorter ones may be part of names and URLs that a host reports. */
const LEAST_SECRET = 16;

/** Characters. What is shorter would be found in any text. */
const LEAST_WORD = 4;

/** State between the requests of a session. */
interface Session {
  readonly options: SessionOptions;
  readonly dispatchers: () => Promise<Dispatchers>;
  readonly masking: Masking;
  /** For short values, which may also be words of what a host reports: only answers that are errors are masked. */
  readonly shortMasking: Masking;
  ahead: number;
  /** The host's TLS error since its last response. */
  tlsError: Error | null;
}

/** Opens a session with a host over HTTP/1.1; nothing is read or sent yet. */
export function openSession(options: SessionOptions): HostSession {
  const { address, tls = NO_TLS_FILES, proxy = null, connectTimeout = 10_000 } = options;
  const onTlsError = (error: Error): void => {
    session.tlsError = error;
  };
  const { secure } = address;
  let opened: Promise<Dispatchers> | null = null;
  const session: Session = {
    options,
    dispatchers: () => {
      opened ??= openDispatchers({ secure, tls, proxy, connectTimeout, onTlsError });
      return opened;
    },
    masking: masking(),
    shortMasking: masking(),
    ahead: 0,
    tlsError: null,
  };
  let closed: Promise<unknown> | null = null;
  const close = async (): Promise<void> => {
    // When opening failed there is nothing to close.
    closed ??=
      opened?.then(
        ({ close }) => close(),
        () => {},
      ) ?? null;
    await closed;
  };
  return {
    under(signal) {
      // Each request adds a listener, and there may be many at a time.
      setMaxListeners(0, signal);
      return { send: (wanted) => send(wanted, session, signal), close };
    },
  };
}

async function send(
  wanted: HostRequest,
  session: Session,
  signal: AbortSignal,
): Promise<HostAnswer> {
  const { options } = session;
  const { address, proxy = null } = options;
  try {
    const authorization = (await options.authorize?.(session.ahead)) ?? null;
    const own = (await options.ownHeaders?.()) ?? new Map<string, string>();
    hideSent(session, authorization, own);
    const { kept, fresh } = await session.dispatchers();
    const upload = wanted.body ? new Upload(wanted.body) : null;
    const { status, headers, text } = await exchange(
      mayRepeat(wanted) ? kept : fresh,
      {
        ...target(wanted, address),
        ...payload(wanted, upload, authorization, own),
        ...stepLimits(wanted),
      },
      {
        signal,
        timeout: wholeTimeout(wanted),
        upload,
        limit: wanted.limit,
        tooMuch: () => tooMuch(address, wanted.limit),
      },
    );
    if (proxy !== null && status === 407) throw proxyRefusal(status, address, proxy);
    session.tlsError = null;
    session.ahead = aheadOf(headers['date'], options.now) ?? session.ahead;
    return {
      status,
      headers: maskedHeaders(headers, session.masking),
      text: maskedText(text, status, session),
    };
  } catch (thrown) {
    signal.throwIfAborted();
    refuseMachineLimit(thrown);
    const cause = DROPPED.has(codeOf(thrown) ?? '') ? (session.tlsError ?? thrown) : thrown;
    throw failure(cause, address, proxy) ?? thrown;
  }
}

/**
 * Whether a request may be sent twice: reads, and uploads, which overwrite the file of that name. False for requests
 * that change plugins, rules or settings.
 */
export function mayRepeat({ method, path }: Pick<HostRequest, 'method' | 'path'>): boolean {
  return method === 'GET' || (method === 'POST' && path === '/config/uploads');
}

function failure(
  thrown: unknown,
  address: HostAddress,
  proxy: HostProxy | null,
): HostFailure | null {
  const own = proxy && proxyFailure(thrown, codeOf(thrown), address, proxy);
  return own ?? networkFailure(thrown, address);
}

function aheadOf(date: string | string[] | undefined, now?: () => number): number | null {
  const time = typeof date === 'string' ? Date.parse(date) : Number.NaN;
  return now === undefined || Number.isNaN(time) ? null : time - now();
}

/** Registers what is sent and must not be repeated. */
function hideSent(
  { masking, shortMasking }: Session,
  authorization: string | null,
  own: ReadonlyMap<string, string>,
): void {
  for (const value of [...(authorization === null ? [] : [authorization]), ...own.values()]) {
    // A gateway may echo the token without its scheme.
    for (const part of [value, value.replace(/^(?:Basic|Bearer)\s+/i, '')]) {
      if (authorization === value || part.length >= LEAST_SECRET) masking.hide(part);
      else if (part.length >= LEAST_WORD) shortMasking.hide(part);
    }
  }
}

function maskedText(text: string, status: number, { masking, shortMasking }: Session): string {
  const masked = masking.mask(text);
  return status < 300 && !looksLikeHtml(text) ? masked : shortMasking.mask(masked);
}

function maskedHeaders(headers: HostAnswer['headers'], { mask }: Masking): HostAnswer['headers'] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(mask) : value && mask(value),
    ]),
  );
}

function payload(
  wanted: HostRequest,
  upload: Upload | null,
  authorization: string | null,
  own: ReadonlyMap<string, string>,
): Pick<Dispatcher.DispatchOptions, 'headers' | 'body'> {
  const headers: Record<string, string> = {
    accept: 'application/json, text/plain, */*',
    ...Object.fromEntries(own),
  };
  if (authorization !== null) headers['authorization'] = authorization;
  if (wanted.body) {
    headers['content-type'] = wanted.body.type;
    headers['content-length'] = String(wanted.body.length);
    // undici accepts any async iterable; its types name Readable only.
    return { headers, body: upload?.chunks() as unknown as never };
  }
  if (wanted.json === undefined) return { headers };
  // Exactly this text: eKuiper compares the whole header and treats any other value, also one with a charset, as
  // multipart.
  headers['content-type'] = 'application/json';
  return { headers, body: JSON.stringify(wanted.json) };
}

function target(
  { method, path }: HostRequest,
  { origin, basePath }: HostAddress,
): Pick<Dispatcher.DispatchOptions, 'origin' | 'path' | 'method'> {
  return { origin, path: `${basePath}${path}`, method };
}

function tooMuch(address: HostAddress, limit: number): HostFailure {
  return new HostFailure({
    kind: 'wrong-service',
    message: `${address.label} answered with more than ${limit} bytes`,
    reason: 'eKuiper never answers this request with so much',
    hint: `is it eKuiper's REST port? try: curl ${shellWord(`${address.origin}${address.basePath}/`)}`,
  });
}
