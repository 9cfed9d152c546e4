import type { Context } from '../cli/context.ts';
import type { HostConnection } from '../client/connection.ts';
import type { HostClient } from '../client/host-client.ts';
import type { ChangeEffects } from '../deploy/change/change.ts';
import { openRecovered } from '../hosts/open-connection.ts';
import type { Reach } from '../hosts/reach.ts';
import { systemClock } from '../hosts/system-clock.ts';
import type { Board } from './board.ts';

/** A host, how to connect to it, and where to show progress. */
export interface AtHost {
  readonly host: HostConnection;
  readonly reach: Reach;
  readonly board: Board;
  readonly context: Context;
}

export type HostEffects = Omit<ChangeEffects, 'limit'>;

/** Opens a connection to a host, calls `work`, and closes the connection; progress is shown on the board. */
export async function atHost<T>(
  { host, reach, board, context }: AtHost,
  work: (client: HostClient, effects: HostEffects) => Promise<T>,
): Promise<T> {
  // A signal for each host, so that many hosts do not add many listeners to the signal of Ctrl-C.
  const signal = AbortSignal.any([context.signal]);
  const own = board.contextOf(host.label, context);
  const { client, recovery, unabortable } = openRecovered(host, own, { ...reach, signal });
  try {
    return await work(client, {
      watcher: board.watcher(host.label),
      clock: systemClock(signal),
      signal,
      recovery,
      recoveryClock: systemClock(unabortable),
    });
  } finally {
    await client.close();
  }
}
