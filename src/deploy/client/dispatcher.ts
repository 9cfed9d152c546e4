import { Agent, buildConnector, type Dispatcher, ProxyAgent } from 'undici';
import type { HostProxy } from './proxy.ts';
import { secureContext, type TlsFiles } from './tls.ts';

export interface Way {
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

/**
 * The connections of one host. One per request: a kept one that the host has closed meanwhile would look like a
 * dropped answer. Throws exit 2 for TLS files that cannot be used.
 */
export async function openDispatcher(way: Way): Promise<Dispatcher> {
  const { secure, tls, proxy, connectTimeout: timeout, onTlsError } = way;
  const trust = secure ? { secureContext: await secureContext(tls) } : {};
  if (proxy === null) {
    return new Agent({ connect: listening({ timeout, ...trust }, onTlsError), pipelining: 0 });
  }
  return new ProxyAgent({
    uri: proxy.url.reveal(),
    // Many proxies let CONNECT through to 443 only; plain http goes as proxies have always taken it.
    proxyTunnel: false,
    requestTls: { timeout, ...trust },
    proxyTls: { timeout },
    pipelining: 0,
  });
}

function listening(
  options: buildConnector.BuildOptions,
  tell: Way['onTlsError'],
): buildConnector.connector {
  const connect = buildConnector(options);
  if (tell === undefined) return connect;
  return (wanted, done) =>
    connect(wanted, (...result) => {
      result[1]?.on('error', (error) => {
        if ('code' in error && /^ERR_SSL_/.test(String(error.code))) tell(error);
      });
      done(...result);
    });
}
