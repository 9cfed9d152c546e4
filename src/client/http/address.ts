import { EXIT, KpluginError } from '../../model/error.ts';
import { shellWord } from '../../model/shell-word.ts';
import { foreignWords } from './foreign-text.ts';

/** Default port of eKuiper's REST API (`basic.restPort`). */
export const DEFAULT_PORT = 9081;

/** Longest host name in DNS, in characters (RFC 1035). */
const LONGEST_NAME = 253;

/** The parsed address of a host. */
export interface HostAddress {
  /** Scheme, host and port without a trailing slash: `http://edge1:9081`, `http://[::1]:9081`. */
  readonly origin: string;
  /** Path prefix that a reverse proxy adds to eKuiper's paths: `/edge1/api`, or empty. */
  readonly basePath: string;
  readonly secure: boolean;
  readonly port: number;
  /** The host's name in messages and suggested commands; never contains a secret. */
  readonly label: string;
}

/**
 * Parses `edge1`, `edge1:9081`, `::1`, `[::1]:9081`, `http://…`, `https://…/base/path`. The default port is 9081, with
 * `https` 443 (a reverse proxy is expected then). Throws exit 2 for anything else, and for every text with an "@",
 * which separates user and password from the host.
 */
export function parseAddress(text: string): HostAddress {
  const typed = text.trim();
  if (typed === '') throw badAddress(text, 'it is empty');
  if (typed.includes('@')) throw hasPassword();
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(typed)?.[1]?.toLowerCase() ?? null;
  if (scheme !== null && scheme !== 'http' && scheme !== 'https') {
    throw badAddress(typed, `kplugin speaks http and https, not ${scheme}`);
  }
  const rest = scheme === null ? typed : typed.slice(scheme.length + 3);
  return fromUrl(typed, scheme ?? 'http', bracketed(rest));
}

/** Whether the address is a loopback name or IP address; no DNS lookup. */
export function isLoopback({ origin }: HostAddress): boolean {
  const { hostname } = new URL(origin);
  return /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

/** The same address with a name as its label, for hosts that were added with one. */
export function namedAddress(address: HostAddress, name: string): HostAddress {
  return { ...address, label: name };
}

/** The host as messages name it: its name, followed by its address when it has a name. */
export function placeText({ origin, basePath, secure, label }: HostAddress): string {
  const plain = !secure && basePath === '' ? origin.slice('http://'.length) : origin + basePath;
  return plain === label ? label : `${label} (${plain})`;
}

/** The option or command that makes kplugin use another address for this host; a named host keeps its name. */
export function moveTo(place: string, { label }: HostAddress): string {
  // The label of an address always contains a port; names of hosts never contain a colon.
  if (label.includes(':')) return `--host ${shellWord(place)}`;
  return `kplugin host add ${shellWord(label)} ${shellWord(place)} --force\n(with its other settings: kplugin host show ${shellWord(label)})`;
}

/** The same with an example IP address, with the host's scheme, port and path. */
export function moveToIpAddress(host: HostAddress): string {
  const scheme = host.secure ? 'https://' : host.basePath === '' ? '' : 'http://';
  return moveTo(`${scheme}192.0.2.1:${host.port}${host.basePath}`, host);
}

/** `::1` is not valid as the host of a URL; `[::1]` is. */
function bracketed(rest: string): string {
  const slash = rest.indexOf('/');
  const authority = slash < 0 ? rest : rest.slice(0, slash);
  const bare = /^[0-9a-f:.]+$/i.test(authority) && authority.split(':').length > 2;
  return bare ? `[${authority}]${slash < 0 ? '' : rest.slice(slash)}` : rest;
}

function withoutLastSlashes(pathname: string): string {
  let end = pathname.length;
  while (pathname[end - 1] === '/') end -= 1;
  return pathname.slice(0, end);
}

function fromUrl(typed: string, scheme: 'http' | 'https', rest: string): HostAddress {
  const url = parseUrl(typed, `${scheme}://${rest}`);
  if (url.search !== '' || url.hash !== '') {
    throw badAddress(typed, 'a host address has no "?" or "#" part');
  }
  if (url.hostname.length > LONGEST_NAME) throw badAddress(typed, 'no host name is so long');
  const secure = scheme === 'https';
  const port = portOf(rest) ?? (secure ? 443 : DEFAULT_PORT);
  const basePath = withoutLastSlashes(url.pathname);
  const origin = `${scheme}://${url.hostname}:${port}`;
  const plain = !secure && basePath === '';
  return {
    origin,
    basePath,
    secure,
    port,
    label: plain ? `${url.hostname}:${port}` : `${origin}${basePath}`,
  };
}

function parseUrl(typed: string, text: string): URL {
  if (/[\s\\]|%/.test(text)) throw badAddress(typed, 'it holds a blank, a backslash or a "%"');
  try {
    return new URL(text);
  } catch {
    throw badAddress(typed, 'it is not a host name, an IP address or a URL');
  }
}

/** URL drops the default port of a scheme, so the port of `http://edge1:80` is parsed from the text. */
function portOf(rest: string): number | null {
  const authority = rest.split('/')[0] ?? '';
  const port = /:(\d+)$/.exec(authority.replace(/^.*\]/, ''))?.[1];
  return port === undefined ? null : Number(port);
}

function badAddress(text: string, why: string): KpluginError {
  return new KpluginError({
    code: 'bad-host-address',
    exit: EXIT.usage,
    message: `"${foreignWords(withoutSecrets(text))}" is not the address of a host: ${why}`,
    hint: 'write edge1, edge1:9081, http://edge1:9081 or https://proxy/base/path after --host',
  });
}

/** The message does not contain the text: a password may contain "/", "?" or another "@", so its end is unknown. */
function hasPassword(): KpluginError {
  return new KpluginError({
    code: 'password-in-address',
    exit: EXIT.usage,
    message: 'a user and password do not belong into the address of a host',
    reason:
      'eKuiper knows tokens only, and what stands in a command line can be read by everybody on this machine',
    hint: 'leave out all up to the "@"; tokens come from files: --token-file <file> or --key-file <private key>',
  });
}

/** The part after "?" is removed: it may be a token. */
function withoutSecrets(text: string): string {
  const [head = '', ...more] = text.split(/[?#]/);
  return more.length === 0 ? head : `${head}?…`;
}
