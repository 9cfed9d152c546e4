import type { Context } from '../cli/context.ts';
import type { HostConnection } from '../client/connection.ts';
import type { Reach } from '../hosts/reach.ts';
import { systemClock } from '../hosts/system-clock.ts';
import { distinctHosts } from './distinct.ts';
import type { Ended } from './host-end.ts';
import { rollOut } from './roll-out.ts';
import type { AtHost } from './rollout-at-host.ts';
import { RollOutBoard } from './rollout-board.ts';

/** Reads several hosts, each once, in the order in which they were named; one that cannot be read stops no other. */
export async function readEach<P>(
  named: readonly HostConnection[],
  { reach, parallel }: { readonly reach: Reach; readonly parallel: number },
  look: (at: AtHost) => Promise<P>,
  context: Context,
): Promise<readonly Ended<HostConnection, P>[]> {
  const { hosts, twins } = distinctHosts(named);
  for (const { label, same } of twins) {
    context.talk.say(`${label} and ${same} are the same host: it is done once`);
  }
  const board = new RollOutBoard(
    hosts.map(({ label }) => label),
    context.talk,
    'quiet',
  );
  const { signal } = context;
  try {
    return await rollOut(
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
        started: ({ label }) => board.atWork(label, 'looking at what it has'),
        ended: ({ label }, { state }) => board.ended(label, '', state === 'failed'),
      },
    );
  } finally {
    board.close();
  }
}
