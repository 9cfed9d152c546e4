import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { durationFlag } from '../../cli/shared-flags.ts';
import type { ListenAddress } from '../../emulator/http/listening.ts';
import { nameIn } from '../../emulator/http/page-guard.ts';
import type { Timeouts } from '../../emulator/runtime/symbol-contract.ts';
import { shippedInitTimeoutMs } from '../../model/behaviours.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { ErrorCode } from '../../model/error-catalogue.ts';
import type { Target } from '../../model/target.ts';

/** The port of eKuiper's plugin test server (docs/wire.md#plugin-test-server). */
const SYMBOL_PORT = 33_333;

/** Parses `127.0.0.1:9081`, `[::1]:9081`, `localhost:0` or a port; throws exit 2. */
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

/** Where the symbol API listens. */
export interface SymbolAddress extends ListenAddress {
  /** Nobody asked for this port: where it is taken, any free one is as good. */
  readonly isUsual: boolean;
}

/**
 * The address of the symbol API; null for `off`. Default: the port of upstream, but any free port if `--listen` uses
 * port 0, so that it cannot collide with another server.
 */
export function parseSymbols(
  text: string | undefined,
  listen: ListenAddress,
): SymbolAddress | null {
  if (text === 'off') return null;
  if (text !== undefined) return { ...parseListen(text, '--symbols'), isUsual: false };
  return { address: '127.0.0.1', port: listen.port === 0 ? 0 : SYMBOL_PORT, isUsual: true };
}

/** Whether only this machine can connect to the address. */
export function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || address.startsWith('127.');
}

interface TimeoutFlags {
  readonly initTimeout: string | undefined;
  readonly commandTimeout: string;
  readonly sendTimeout: string;
  readonly receiveTimeout: string;
}

/** The four timeouts in milliseconds, that of the handshake by default as the target is shipped; throws exit 2. */
export function parseTimeouts(flags: TimeoutFlags, target: Target): Timeouts {
  return {
    initMs:
      flags.initTimeout === undefined
        ? shippedInitTimeoutMs(target)
        : durationFlag(flags.initTimeout, '--init-timeout'),
    commandMs: durationFlag(flags.commandTimeout, '--command-timeout'),
    sendMs: durationFlag(flags.sendTimeout, '--send-timeout'),
    receiveMs: durationFlag(flags.receiveTimeout, '--receive-timeout'),
  };
}

/** Makes the path of a program absolute, because plugins run in their own directory; a bare name is kept. */
export function absoluteProgram(program: string, cwd: string): string {
  return program.includes('/') ? resolve(cwd, program) : program;
}

/**
 * Throws on Windows: eKuiper and its plugins communicate over Unix sockets in /tmp. `command`: as typed, such as
 * `kplugin serve`.
 */
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

/** The names of this machine (whole, and up to the first dot) and of `--allow-host`; throws exit 2. */
export function hostNames(allowed: readonly string[]): ReadonlySet<string> {
  const own = hostname().toLowerCase().replace(/\.$/, '');
  return new Set([own, own.split('.')[0] ?? own, ...allowed.map(allowedName)]);
}

function allowedName(typed: string): string {
  const name = nameIn(typed.trim());
  if (name !== null && name !== '' && name !== '*') return name;
  throw usage(
    'allow-host-unknown',
    `--allow-host "${typed}" is no host name`,
    'name one host each time: --allow-host edge1.example.com --allow-host host.docker.internal',
  );
}

function usage(code: ErrorCode, message: string, hint: string): KpluginError {
  return new KpluginError({ code, exit: EXIT.usage, message, hint });
}
