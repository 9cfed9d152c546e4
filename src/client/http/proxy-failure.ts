import { type HostAddress, placeText } from './address.ts';
import { HostFailure } from './host-failure.ts';
import type { HostProxy } from './proxy.ts';

/** Codes of failed connections; with a proxy it is the connection to the proxy. */
const UNREACHED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_PRX_TLS',
]);

/** The failure when the proxy caused it; null when the host did, or when it is not a network error. */
export function proxyFailure(
  thrown: unknown,
  code: string | null,
  host: HostAddress,
  proxy: HostProxy,
): HostFailure | null {
  if (code !== null && UNREACHED.has(code)) return unreached(proxy, host, thrown);
  const words = messages(thrown);
  const status = /Proxy response \((\d+)\)|Proxy Authentication Required \((407)\)/.exec(words);
  if (status === null) return null;
  return proxyRefusal(Number(status[1] ?? status[2]), host, proxy);
}

/** The failure for an error response of the proxy; nothing was sent to the host. */
export function proxyRefusal(status: number, host: HostAddress, proxy: HostProxy): HostFailure {
  const via = `${proxy.label} (${proxy.variable})`;
  if (status === 407) {
    return new HostFailure({
      kind: 'unreachable',
      status,
      message: `the proxy ${via} wants a user and a password`,
      reason: 'it answered with status 407; nothing reached the host',
      hint: `put them into the variable: ${proxy.variable}=http://user:password@proxy:3128, or go past it: ${past(host)}`,
    });
  }
  return new HostFailure({
    kind: 'unreachable',
    status,
    message: `the proxy ${via} does not let kplugin through to ${placeText(host)}`,
    reason: `it answered CONNECT with status ${status}`,
    hint: `may it reach that host and port? go past it: ${past(host)}`,
  });
}

function unreached(proxy: HostProxy, host: HostAddress, cause: unknown): HostFailure {
  return new HostFailure({
    kind: 'unreachable',
    message: `the proxy ${proxy.label} cannot be reached`,
    reason: `${proxy.variable} says that the way to ${placeText(host)} leads through it`,
    hint: `correct ${proxy.variable}, or go past the proxy: ${past(host)}`,
    cause,
  });
}

function past({ origin }: HostAddress): string {
  return `NO_PROXY=${new URL(origin).hostname}`;
}

function messages(thrown: unknown): string {
  const found: string[] = [];
  for (let error: unknown = thrown; error instanceof Error; error = error.cause) {
    found.push(error.message);
  }
  return found.join('\n');
}
