import type { Context } from '../cli/context.ts';
import type { HostClient, HostConnection } from '../client/host-client.ts';
import type { ChangeEffects } from '../deploy/change/change.ts';
import { openRecovered, type Reach, systemClock } from '../hosts/open-connection.ts';
import { type Board, boardFor } from './board.ts';
import { type HostWithResult, rollout } from './rollout.ts';

/** A host, how to connect to it, and where to show progress. */
interface AtHost {
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

/** Reads several hosts, each once, in the given order; a host that cannot be read does not stop the others. */
export async function readEach<P>(
  named: readonly HostConnection[],
  { reach, parallel }: { readonly reach: Reach; readonly parallel: number },
  look: (at: AtHost) => Promise<P>,
  context: Context,
): Promise<readonly HostWithResult<HostConnection, P>[]> {
  const { hosts, duplicates } = distinctHosts(named);
  for (const { label, same } of duplicates) {
    context.log.info(`${label} and ${same} are the same host: it is done once`);
  }
  const labels = hosts.map(({ label }) => label);
  const board = boardFor(labels, context, 'quiet');
  const { signal } = context;
  try {
    return await rollout(
      hosts,
      {
        parallel,
        canary: 0,
        maxFailures: Number.POSITIVE_INFINITY,
        signal,
        clock: systemClock(signal),
      },
      (host) => look({ host, reach, board, context }),
      {
        started: ({ label }) => board.atWork(label, 'reading its state'),
        ended: ({ label }, { state }) => board.ended(label, '', state === 'failed'),
      },
    );
  } finally {
    board.close();
  }
}

interface Distinct {
  readonly hosts: readonly HostConnection[];
  /** Hosts that were named twice, by another name or address: the dropped label and the one that is kept. */
  readonly duplicates: readonly { readonly label: string; readonly same: string }[];
}

/**
 * Removes hosts that are named more than once, by name, by address or by group; keeps the order. Two addresses of one
 * machine (`localhost`, `127.0.0.1`) count as two hosts.
 */
export function distinctHosts(named: readonly HostConnection[]): Distinct {
  const byPlace = new Map<string, HostConnection>();
  const duplicates: { label: string; same: string }[] = [];
  for (const host of named) {
    const place = `${host.address.origin}${host.address.basePath}`;
    const first = byPlace.get(place);
    if (first === undefined) byPlace.set(place, host);
    else if (first.label !== host.label) duplicates.push({ label: host.label, same: first.label });
  }
  return { hosts: [...byPlace.values()], duplicates };
}
