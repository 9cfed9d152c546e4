import type { HostConnection } from '../../deploy/client/connection.ts';
import { distinctHosts } from '../../deploy/rollout/distinct.ts';
import type { Ended } from '../../deploy/rollout/host-end.ts';
import { rollOut } from '../../deploy/rollout/roll-out.ts';
import type { Context } from '../context.ts';
import type { Reach } from './reach.ts';
import type { AtHost } from './rollout-at-host.ts';
import { RollOutBoard } from './rollout-board.ts';
import { systemClock } from './system-clock.ts';

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
