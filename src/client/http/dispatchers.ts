import { setMaxListeners } from 'node:events';
import type { SecureContext } from 'node:tls';
import { Agent, buildConnector, type Dispatcher, ProxyAgent } from 'undici';
import { opensslReason } from './openssl-words.ts';
import type { HostProxy } from './proxy.ts';
import { secureContext, type TlsFiles } from './tls.ts';

/** How a host is connected to. */
export interface DispatcherOptions {
  readonly secure: boolean;
  readonly tls: TlsFiles;
  /** Null for a direct way. */
  readonly proxy: HostProxy | null;
  /** Milliseconds for the connection itself. */
  readonly connectTimeout: number;
  /**
   * Told what goes wrong with TLS after the handshake: there a host of TLS 1.3 says that it does not like the client
   * certificate, and undici would keep only that it hung up. Not behind a proxy.
   */
  readonly onTlsError?: (error: Error) => void;
}

/** The two ways of connecting to one host. */
export interface Dispatchers {
  /** Keeps its connections, for what may be repeated: one that the host has closed meanwhile costs asking again. */
  readonly kept: Dispatcher;
  /** Opens one per request: over a kept one, a host that had hung up before looks as if it had taken the change. */
  readonly fresh: Dispatcher;
  /** Also ends what is still under way: a connection that does not come about is not waited for after Ctrl-C. */
  close(): Promise<void>;
}

/** Gets ready to connect; nothing is opened before the first request. Throws exit 2 for TLS files that cannot be used. */
export async function openDispatchers(options: DispatcherOptions): Promise<Dispatchers> {
  const ending = new AbortController();
  // Every connection listens to it.
  setMaxListeners(0, ending.signal);
  const connect = { timeout: options.connectTimeout, signal: ending.signal };
  const trust = options.secure ? { secureContext: await secureContext(options.tls) } : {};
  const [kept, fresh] = [
    dispatcher(options, connect, trust, 1),
    dispatcher(options, connect, trust, 0),
  ];
  return {
    kept,
    fresh,
    async close() {
      ending.abort();
      await Promise.all([kept.destroy(), fresh.destroy()]);
    },
  };
}

/** `pipelining`: how many requests a connection takes before the first is answered; undici keeps none for 0. */
function dispatcher(
  { proxy, onTlsError }: DispatcherOptions,
  connect: buildConnector.BuildOptions,
  trust: { readonly secureContext?: SecureContext },
  pipelining: 0 | 1,
): Dispatcher {
  if (proxy === null) {
    return new Agent({ connect: listening({ ...connect, ...trust }, onTlsError), pipelining });
  }
  return new ProxyAgent({
    uri: proxy.url.reveal(),
    // Many proxies let CONNECT through to 443 only; plain http goes as proxies have always taken it.
    proxyTunnel: false,
    requestTls: { ...connect, ...trust },
    proxyTls: connect,
    pipelining,
  });
}

function listening(
  options: buildConnector.BuildOptions,
  tell: DispatcherOptions['onTlsError'],
): buildConnector.connector {
  const connect = buildConnector(options);
  if (tell === undefined) return connect;
  return (wanted, done) =>
    connect(wanted, (...result) => {
      result[1]?.on('error', (error) => {
        if (opensslReason(error) !== null) tell(error);
      });
      done(...result);
    });
}
