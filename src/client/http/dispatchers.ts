import { setMaxListeners } from 'node:events';
import type { SecureContext } from 'node:tls';
import { Agent, buildConnector, type Dispatcher, ProxyAgent } from 'undici';
import type { HostProxy } from './host-proxy.ts';
import { secureContext, type TlsFiles } from './tls.ts';
import { opensslReason } from './tls-failure.ts';

/** Connection settings of one host. */
interface DispatcherOptions {
  readonly secure: boolean;
  readonly tls: TlsFiles;
  /** Null for a direct connection. */
  readonly proxy: HostProxy | null;
  /** Connect timeout in milliseconds. */
  readonly connectTimeout: number;
  /**
   * Called with TLS errors after the handshake: a TLS 1.3 host refuses a client certificate there, and undici would
   * report only a closed connection. Not called behind a proxy.
   */
  readonly onTlsError?: (error: Error) => void;
}

/** The two undici dispatchers of one host. */
export interface Dispatchers {
  /**
   * Keep-alive, for requests that may be repeated: when the host has closed the connection meanwhile, the request is
   * sent again.
   */
  readonly kept: Dispatcher;
  /**
   * One connection per request: on a kept connection that the host has closed, it would be unknown whether it received
   * the change.
   */
  readonly fresh: Dispatcher;
  /** Also aborts requests and connection attempts that are in progress, so that Ctrl-C does not wait for them. */
  close(): Promise<void>;
}

/** Creates the dispatchers; no connection is opened before the first request. Throws exit 2 for unusable TLS files. */
export async function openDispatchers(options: DispatcherOptions): Promise<Dispatchers> {
  const ending = new AbortController();
  // Each connection adds a listener to it.
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

/** `pipelining`: requests that are sent on a connection before the first response; 0 disables keep-alive in undici. */
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
    // Many proxies allow CONNECT to port 443 only; plain http requests are sent to the proxy with an absolute URL.
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
