import { resolve } from 'node:path';
import { durationFlag } from '../../cli/duration-flag.ts';
import type { ListenAddress } from '../../emulator/http/listening.ts';
import type { Timeouts } from '../../emulator/runtime/contract.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { ErrorCode } from '../../model/error-catalogue.ts';

/** `127.0.0.1:9081`, `[::1]:9081`, `localhost:0` or a port alone; throws a usage error. */
export function parseListen(text: string, flag = '--listen'): ListenAddress {
  const match = /^(?:(?:\[([^\]]+)\]|([^:[\]]+)):)?(\d{1,5})$/.exec(text.trim());
  const port = Number(match?.[3] ?? -1);
  if (match !== null && port >= 0 && port <= 65_535) {
    return { address: match[1] ?? match[2] ?? '127.0.0.1', port };
  }
  const example = flag === '--listen' ? '127.0.0.1:9081' : '127.0.0.1:33333, or off';
  throw usage(
    'listen-unknown',
    `${flag} "${text}" is no address with a port`,
    `write for example ${flag} ${example}`,
  );
}

/**
 * Where eKuiper's own plugin test server listens, and its documentation sends people
 * (docs/wire.md#plugin-test-server).
 */
const SYMBOL_PORT = 33_333;

/**
 * Where the symbol API listens; null for `off`. Without the flag it is upstream's port, unless the other address is
 * to be any free one: then nobody wants to meet another server.
 */
export function parseSymbols(
  text: string | undefined,
  listen: ListenAddress,
): ListenAddress | null {
  if (text === 'off') return null;
  if (text !== undefined) return parseListen(text, '--symbols');
  return { address: '127.0.0.1', port: listen.port === 0 ? 0 : SYMBOL_PORT };
}

/** Whether only this machine can reach the address. */
export function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || address.startsWith('127.');
}

interface TimeoutFlags {
  readonly initTimeout: string;
  readonly commandTimeout: string;
  readonly sendTimeout: string;
  readonly receiveTimeout: string;
}

/** The four flags in milliseconds; throws a usage error. */
export function parseTimeouts(flags: TimeoutFlags): Timeouts {
  return {
    initMs: durationFlag(flags.initTimeout, '--init-timeout'),
    commandMs: durationFlag(flags.commandTimeout, '--command-timeout'),
    sendMs: durationFlag(flags.sendTimeout, '--send-timeout'),
    receiveMs: durationFlag(flags.receiveTimeout, '--receive-timeout'),
  };
}

/** Plugins run in their own folder, so a path is made absolute here; a bare name stays one. */
export function absoluteProgram(program: string, cwd: string): string {
  return program.includes('/') ? resolve(cwd, program) : program;
}

/** eKuiper and its plugins meet on Unix sockets in /tmp. `command`: as it is typed, `kplugin serve`. */
export function refuseWindows(platform: NodeJS.Platform, command: string): void {
  if (platform !== 'win32') return;
  throw new KpluginError({
    code: 'needs-unix',
    exit: EXIT.usage,
    message: `${command} does not run on Windows`,
    reason: 'plugins and their host talk over Unix sockets in /tmp, as with eKuiper itself',
    hint: 'run it in WSL, in a container or on a Linux machine; every other command works here',
  });
}

function usage(code: ErrorCode, message: string, hint: string): KpluginError {
  return new KpluginError({ code, exit: EXIT.usage, message, hint });
}
