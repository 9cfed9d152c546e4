import type { Context } from '../cli/context.ts';
import type { HostConnection } from '../client/connection.ts';
import type { HostClient } from '../client/host-client.ts';
import { EXIT, KpluginError } from '../model/error.ts';
import { openConnection } from './open-connection.ts';
import { reachOf } from './reach.ts';
import { type HostFlagValues, resolveHosts } from './resolve.ts';

export { systemClock } from './system-clock.ts';

export interface OpenHostOptions {
  /** What is being installed, as commands name it. */
  readonly source?: string;
  /** Milliseconds an installation may take when `--timeout` says nothing. */
  readonly waitTimeout?: number;
}

/** A client for the one host that the flags name. Throws exit 2 when they name none, several, or a bad one. */
export function openHost(
  flags: HostFlagValues,
  context: Context,
  options: OpenHostOptions = {},
): HostClient {
  return openConnection(oneOf(flags, context), context, { ...options, ...reachOf(flags) });
}

function oneOf(flags: HostFlagValues, context: Context): HostConnection {
  const [connection, ...more] = resolveHosts(flags, context);
  if (connection === undefined || more.length > 0) throw oneHost(more.length + 1);
  return connection;
}

function oneHost(count: number): KpluginError {
  return new KpluginError({
    code: 'one-host',
    exit: EXIT.usage,
    message: `${count} hosts are named, and this command works with one`,
    hint: 'give one --host; install, rollback, restart, remove, list, status and history can do several',
  });
}
