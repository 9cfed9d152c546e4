import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { type Answer, text } from './answer.ts';

/**
 * Refuses what comes from a web page: a page that someone merely visits could otherwise install a plugin, that is
 * run a program, on their machine. Pages always send an Origin; one that got here under a name of its own (DNS
 * rebinding) is known by the Host header. Null for every other client.
 */
export function refusePages(request: IncomingMessage, isLocalOnly: boolean): Answer | null {
  const { origin, host = '' } = request.headers;
  const isForeignPage = origin !== undefined && originHost(origin) !== host;
  if (!isForeignPage && (!isLocalOnly || isLocalName(host))) return null;
  return text(403, 'kplugin serve does not answer web pages of other origins\n');
}

function originHost(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}

function isLocalName(host: string): boolean {
  const name = host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  return name === '' || name === 'localhost' || isIP(name) !== 0;
}
