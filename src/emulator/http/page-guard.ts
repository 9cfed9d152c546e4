import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { type Answer, text } from './answer.ts';

/**
 * Refuses what comes from a web page: a page that someone merely visits could otherwise install a plugin, that is
 * run a program, on their machine. Null for every other client.
 *
 * Browsers say whose page asks (`Origin`; `Sec-Fetch-Site`, Fetch Metadata, also without an Origin). A page whose own
 * name was made to lead here (DNS rebinding) is known by the `Host` header alone: a page cannot have an address for its
 * name, nor `localhost`, so those are taken, and of other names only `names`: lower case, without port and final dot.
 * That holds on every address that is listened on: the browser of whoever can reach it is used, not their network.
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

/** Of a page that was got as this server answers, without TLS: `https` on the same port is another one's. */
function originOf(origin: string): string | null {
  try {
    const { protocol, host } = new URL(origin);
    return protocol === 'http:' ? host : null;
  } catch {
    return null;
  }
}
