import type { Server } from 'node:http';
import { EXIT, KpluginError } from '../../model/error.ts';
import { parseForeignJson } from '../../model/json/bounded.ts';
import { shellWord } from '../../model/shell-word.ts';
import { errorCode } from '../runtime/refusal.ts';

/**
 * A header in every response of `kplugin serve` with the value `serve/<process id>`, so that a second one can identify
 * it.
 */
export const MARK = 'X-Kplugin';

const TIMEOUT_MS = 1500;

interface Occupant {
  /** `an eKuiper 2.4.0`, for the beginning of a sentence. */
  readonly who: string;
  /** How to stop it. */
  readonly stop: string;
}

const OTHER: Occupant = { who: 'another program', stop: 'stop it' };

export interface ListenAddress {
  readonly address: string;
  readonly port: number;
}

export interface Listening {
  /** `http://127.0.0.1:9081` */
  readonly url: string;
  /** Closes every connection and frees the port. */
  close(): Promise<void>;
}

/**
 * Listens on an address. Throws KpluginError, which names the program that uses the port already. `flag`: the flag
 * that sets the address, for the hint.
 */
export async function listenOn(
  server: Server,
  listen: ListenAddress,
  flag: string,
): Promise<Listening> {
  try {
    await bind(server, listen);
  } catch (error) {
    throw await listenError(error, listen, flag);
  }
  return { url: urlOf(server, listen), close: () => shut(server) };
}

function bind(server: Server, { address, port }: ListenAddress): Promise<void> {
  return new Promise((resolve, reject) => {
    // Kept for the life of the server. A later error, such as too many open files, affects one client only.
    server.on('error', reject);
    server.listen({ host: address, port, exclusive: true }, resolve);
  });
}

async function listenError(
  error: unknown,
  listen: ListenAddress,
  flag: string,
): Promise<KpluginError> {
  const where = hostAndPort(listen);
  if (errorCode(error) === 'EADDRINUSE') {
    const { who, stop } = await occupantOf(`http://${where}`);
    return new KpluginError({
      code: 'port-in-use',
      exit: EXIT.usage,
      message: `${who} listens on ${where} already`,
      hint: `${stop}, or take another port: kplugin serve ${flag} ${shellWord(hostAndPort({ ...listen, port: otherPort(listen.port) }))}`,
      cause: error,
    });
  }
  return new KpluginError({
    code: 'cannot-listen',
    exit: EXIT.usage,
    message: `cannot listen on ${where}: ${error instanceof Error ? error.message : String(error)}`,
    hint: `take an address of this machine: kplugin serve ${flag} 127.0.0.1:${listen.port}`,
    cause: error,
  });
}

function otherPort(port: number): number {
  return port < 65_535 ? port + 1 : 0;
}

function hostAndPort({ address, port }: ListenAddress): string {
  return `${address.includes(':') ? `[${address}]` : address}:${port}`;
}

function urlOf(server: Server, listen: ListenAddress): string {
  const bound = server.address();
  const port = bound !== null && typeof bound === 'object' ? bound.port : listen.port;
  return `http://${hostAndPort({ ...listen, port })}`;
}

function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Identifies the program that uses a port, by a request to it. Never throws. */
async function occupantOf(url: string): Promise<Occupant> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const mark = /^serve\/(\d+)$/.exec(response.headers.get(MARK) ?? '')?.[1];
    const text = (await response.text()).slice(0, 10_000);
    if (mark !== undefined) {
      return {
        who: `another "kplugin serve" (process ${mark})`,
        stop: 'end it with Ctrl-C in its terminal',
      };
    }
    const version = ekuiperVersion(text);
    if (version === null) return OTHER;
    return { who: `an eKuiper (${version})`, stop: 'stop that eKuiper' };
  } catch {
    return OTHER;
  }
}

/** eKuiper reports its version, system and uptime on `/` (protocol of `GET /`). */
function ekuiperVersion(text: string): string | null {
  try {
    const about: unknown = parseForeignJson(text);
    if (typeof about !== 'object' || about === null || !('upTimeSeconds' in about)) return null;
    return 'version' in about && typeof about.version === 'string' ? about.version : null;
  } catch {
    return null;
  }
}
