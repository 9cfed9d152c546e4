import { resolve } from 'node:path';
import { parseDuration } from '../../model/duration.ts';
import { EXIT, KpluginError } from '../../model/error.ts';

export interface ListenAddress {
  readonly address: string;
  readonly port: number;
}

/** `127.0.0.1:9081`, `[::1]:9081`, `localhost:0` or a port alone; throws a usage error. */
export function parseListen(text: string): ListenAddress {
  const match = /^(?:(?:\[([^\]]+)\]|([^:[\]]+)):)?(\d{1,5})$/.exec(text.trim());
  const port = Number(match?.[3] ?? -1);
  if (match !== null && port >= 0 && port <= 65_535) {
    return { address: match[1] ?? match[2] ?? '127.0.0.1', port };
  }
  throw usage(
    'listen-unknown',
    `--listen "${text}" is no address with a port`,
    'write for example --listen 127.0.0.1:9081',
  );
}

/** Whether only this machine can reach the address. */
export function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || address.startsWith('127.');
}

/** Milliseconds; throws a usage error. */
export function parseInitTimeout(text: string): number {
  const ms = parseDuration(text);
  if (ms !== null) return ms;
  throw usage(
    'duration-unknown',
    `--init-timeout "${text}" is no duration`,
    'write for example 500ms, 10s or 1m',
  );
}

/** Plugins run in their own folder, so a path is made absolute here; a bare name stays one. */
export function absoluteProgram(program: string, cwd: string): string {
  return program.includes('/') ? resolve(cwd, program) : program;
}

/** eKuiper and its plugins meet on Unix sockets in /tmp. */
export function refuseWindows(platform: NodeJS.Platform): void {
  if (platform !== 'win32') return;
  throw new KpluginError({
    code: 'needs-unix',
    exit: EXIT.usage,
    message: 'kplugin serve does not run on Windows',
    reason: 'plugins and their host talk over Unix sockets in /tmp, as with eKuiper itself',
    hint: 'run it in WSL, in a container or on a Linux machine; every other command works here',
  });
}

function usage(code: string, message: string, hint: string): KpluginError {
  return new KpluginError({ code, exit: EXIT.usage, message, hint });
}
