import type { HostConnection } from '../../deploy/client/connection.ts';
import type { HostClient } from '../../deploy/client/host-client.ts';
import {
  type InstallEffects,
  type InstallRequest,
  type InstallResult,
  install,
} from '../../deploy/install/install.ts';
import { sourceArgument } from '../../deploy/install/source.ts';
import type { Context } from '../context.ts';
import { openConnection } from './open-connection.ts';
import type { RollOutBoard } from './rollout-board.ts';
import { systemClock } from './system-clock.ts';

/** What is the same on every host of a roll-out. */
export interface RollOutWork {
  readonly request: Omit<InstallRequest, 'signal'>;
  readonly approvals: Pick<InstallEffects, 'approveScript' | 'approveNoWayBack'>;
  /** Makes the package once for all hosts. */
  readonly obtain: NonNullable<InstallEffects['obtain']>;
  /** Milliseconds of `--timeout`; null without it. */
  readonly timeout: number | null;
  readonly retries: number;
}

/** Installs on one host of many, or only plans it; what happens there is seen on the board. */
export async function installOn(
  host: HostConnection,
  work: RollOutWork,
  dryRun: boolean,
  board: RollOutBoard,
  context: Context,
): Promise<InstallResult> {
  // Of its own, so that many hosts put no crowd of listeners on the signal of Ctrl-C.
  const signal = AbortSignal.any([context.signal]);
  // Ctrl-C does not end what puts a host right; a second one ends the process.
  const rescueSignal = new AbortController().signal;
  const client = open(host, work, signal, board, context);
  const rescue = open(host, work, rescueSignal, board, context);
  try {
    return await install(
      client,
      { ...work.request, signal, dryRun },
      {
        ...work.approvals,
        obtain: work.obtain,
        watcher: board.watcher(host.label),
        clock: systemClock(signal),
        rescue,
        rescueClock: systemClock(rescueSignal),
      },
    );
  } finally {
    await Promise.all([client.close(), rescue.close()]);
  }
}

function open(
  host: HostConnection,
  { timeout, retries, request }: RollOutWork,
  signal: AbortSignal,
  board: RollOutBoard,
  context: Context,
): HostClient {
  const source = sourceArgument(request.source);
  return openConnection(host, board.contextOf(host.label, context), {
    signal,
    timeout,
    retries,
    source,
  });
}
