import type { Context } from '../cli/context.ts';
import type { HostConnection } from '../client/connection.ts';
import type { Reach } from '../hosts/reach.ts';
import { systemClock } from '../hosts/system-clock.ts';
import type { AtHost } from './at-host.ts';
import { boardFor } from './board.ts';
import type { HostWithResult } from './host-result.ts';
import { rollout } from './rollout.ts';

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
