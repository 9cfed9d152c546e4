import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { type Answer, text } from './answer.ts';

/**
 * Refuses requests of web pages: otherwise a page that the user visits could install a plugin, that is run a program,
 * on the user's machine. Null for every other client.
 * Browsers send the origin of the page (`Origin`; `Sec-Fetch-Site` of Fetch Metadata, also without an Origin). A page
 * whose own host name was made to resolve to this machine (DNS rebinding) can be recognized by the `Host` header only.
 * Such a name is never an address or `localhost`, so those are accepted, and of other names only `names`: lower case,
 * without port and final dot. This applies to every listening address, because the request comes from the user's
 * browser, not from the attacker's network.
 */
export function refusePages(
  { headers }: Pick<IncomingMessage, 'headers'>,
  names: ReadonlySet<string>,
): Answer | null {
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  const isForeign =
    (origin !== undefined && originOf(origin) !== host?.toLowerCase()) ||
    (site !== undefined && site !== 'same-origin' && site !== 'none');
  if (isForeign) return text(403, 'kplugin serve does not answer web pages of other origins\n');
  const name = host === undefined ? 'localhost' : nameIn(host);
  if (name !== null && (name === 'localhost' || isIP(name) !== 0 || names.has(name))) return null;
  return text(
    403,
    'kplugin serve does not answer to this name, which a web page may have made to lead here (DNS rebinding); ' +
      'where it is a name of this machine, start it with --allow-host and that name\n',
  );
}

/** `Edge1.:9081` → `edge1`, `[::1]:9081` → `::1`; null for what is no host with or without a port. */
export function nameIn(host: string): string | null {
  const [, address, name] =
    /^(?:\[([^\]]+)\]|([^:[\]\s/@]+))(?::\d{0,5})?$/.exec(host.toLowerCase()) ?? [];
  return address ?? name?.replace(/\.$/, '') ?? null;
}

/** Null for a page with another scheme: this server has no TLS, so `https` on the same port is another server. */
function originOf(origin: string): string | null {
  try {
    const { protocol, host } = new URL(origin);
    return protocol === 'http:' ? host : null;
  } catch {
    return null;
  }
}
