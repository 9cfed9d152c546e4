import type { Server } from 'node:http';
import { EXIT, KpluginError } from '../../model/error.ts';
import { shellWord } from '../../model/shell-word.ts';
import { errorCode } from '../runtime/go-words.ts';
import { occupantOf } from './occupant.ts';

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
