import { BlockList, isIP } from 'node:net';
import { EXIT, KpluginError } from '../../model/error.ts';
import { Secret } from '../auth/credentials.ts';
import { type HostAddress, isLoopback, placeText } from './address.ts';
import { HostFailure } from './host-failure.ts';

/** An HTTP proxy between kplugin and a host. */
export interface HostProxy {
  /** Scheme, host and port; never a user or password. */
  readonly label: string;
  /** The whole URL, which may hold a password. */
  readonly url: Secret;
  /** The environment variable that it was read from. */
  readonly variable: string;
}

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

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Reads the proxy for a host from the environment: KPLUGIN_PROXY for every host (`none`: no proxy), else HTTPS_PROXY or
 * HTTP_PROXY by the scheme, unless NO_PROXY lists the host or it is a loopback address. Both letter cases are read;
 * lower case takes precedence, as in curl. Null for a direct connection. Throws exit 2 for an invalid or unsupported
 * proxy.
 */
export function proxyFor(address: HostAddress, env: Env): HostProxy | null {
  const own = firstSet(env, ['KPLUGIN_PROXY']);
  if (own !== null) return own.value === 'none' ? null : proxyAt(own);
  if (isLoopback(address)) return null;
  const scheme = address.secure ? 'https' : 'http';
  const found = firstSet(env, [`${scheme}_proxy`, `${scheme.toUpperCase()}_PROXY`]);
  const except = firstSet(env, ['no_proxy', 'NO_PROXY'])?.value ?? '';
  return found === null || isExcepted(address, except) ? null : proxyAt(found);
}

interface Named {
  readonly variable: string;
  readonly value: string;
}

function firstSet(env: Env, names: readonly string[]): Named | null {
  for (const variable of names) {
    const value = env[variable]?.trim() ?? '';
    if (value !== '') return { variable, value };
  }
  return null;
}

function proxyAt({ variable, value }: Named): HostProxy {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.hostname === '') throw badProxy(variable, 'it is not a URL');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw badProxy(
      variable,
      `kplugin can use http and https proxies, not ${url.protocol.slice(0, -1)}`,
    );
  }
  return { label: url.origin, url: new Secret(url.href), variable };
}

/** The message does not contain the value: it may contain a password. */
function badProxy(variable: string, reason: string): KpluginError {
  return new KpluginError({
    code: 'bad-proxy',
    exit: EXIT.usage,
    message: `${variable} does not name a proxy that kplugin can use`,
    reason,
    hint: `write ${variable}=http://proxy:3128, or name the host in NO_PROXY`,
  });
}

/** Matches NO_PROXY as curl and Go do: names with their subdomains, `host:port`, addresses, CIDR blocks, `*`. */
function isExcepted({ origin, port }: HostAddress, list: string): boolean {
  const name = new URL(origin).hostname.replace(/^\[|\]$/g, '').toLowerCase();
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => entry === '*' || matches(entry, name, port));
}

function matches(entry: string, name: string, port: number): boolean {
  if (entry.includes('/')) return inBlock(entry, name);
  const [, host = entry, wanted] = /^(.*?[^:]):(\d+)$/.exec(entry) ?? [];
  if (isIP(entry.replace(/^\[|\]$/g, '')) !== 0) return entry.replace(/^\[|\]$/g, '') === name;
  if (wanted !== undefined && Number(wanted) !== port) return false;
  const bare = host.replace(/^\*?\./, '').replace(/^\[|\]$/g, '');
  return bare !== '' && (name === bare || name.endsWith(`.${bare}`));
}

function inBlock(entry: string, name: string): boolean {
  const [base = '', bits = ''] = entry.split('/');
  const family = isIP(base);
  if (family === 0 || isIP(name) !== family || !/^\d{1,3}$/.test(bits)) return false;
  if (Number(bits) > (family === 4 ? 32 : 128)) return false;
  const kind = family === 4 ? 'ipv4' : 'ipv6';
  const block = new BlockList();
  block.addSubnet(base, Number(bits), kind);
  return block.check(name, kind);
}

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

function messages(thrown: unknown): string {
  const found: string[] = [];
  for (let error: unknown = thrown; error instanceof Error; error = error.cause) {
    found.push(error.message);
  }
  return found.join('\n');
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

function past({ origin }: HostAddress): string {
  return `NO_PROXY=${new URL(origin).hostname}`;
}
