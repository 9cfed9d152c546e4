import { Agent, type Dispatcher, ProxyAgent } from 'undici';
import type { HostProxy } from './proxy.ts';
import { secureContext, type TlsFiles } from './tls.ts';

export interface Way {
  readonly secure: boolean;
  readonly tls: TlsFiles;
  /** Null for a direct way. */
  readonly proxy: HostProxy | null;
  /** Milliseconds for the connection itself. */
  readonly connectTimeout: number;
}

/**
 * The connections of one host. One per request: a kept one that the host has closed meanwhile would look like a
 * dropped answer. Throws exit 2 for TLS files that cannot be used.
 */
export async function openDispatcher(way: Way): Promise<Dispatcher> {
  const { secure, tls, proxy, connectTimeout: timeout } = way;
  const trust = secure ? { secureContext: await secureContext(tls) } : {};
  if (proxy === null) return new Agent({ connect: { timeout, ...trust }, pipelining: 0 });
  return new ProxyAgent({
    uri: proxy.url.reveal(),
    // Many proxies let CONNECT through to 443 only; plain http goes as proxies have always taken it.
    proxyTunnel: false,
    requestTls: { timeout, ...trust },
    proxyTls: { timeout },
    pipelining: 0,
  });
}
