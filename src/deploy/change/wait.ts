import type { HostInfo } from '../../client/answers.ts';
import type { Clock } from '../../client/clock.ts';
import type { HostClient } from '../../client/host-client.ts';
import { has } from '../../model/behaviours.ts';
import { type Health, healthOf } from '../health/health.ts';

const ASK_EVERY = 500;

/** So many looks in a row; a Python that cannot import a module dies within a second or so. */
const STEADY = 3;

/**
 * How a plugin is once it has made up its mind: waits while it starts, at most `limit` milliseconds.
 * Running counts when it is seen three times over a second: eKuiper says so of a program that is about to die, where an
 * old handshake still lies in the socket (seen on 2.4.0 after a crash), or where it dies right after its own.
 * Before 2.0 there is nothing to wait for: the first rule starts it.
 */
export async function waitUntilSettled(
  client: HostClient,
  info: HostInfo,
  name: string,
  timing: { readonly clock: Clock; readonly limit: number },
): Promise<Health> {
  if (!has(info.version, 'reports-status')) return healthOf(null, info);
  const end = timing.clock.now() + timing.limit;
  let runs = 0;
  for (;;) {
    const health = healthOf(await client.status(name), info);
    runs = health.state === 'running' ? runs + 1 : 0;
    const undecided = health.state === 'starting' || (health.state === 'running' && runs < STEADY);
    if (!undecided || timing.clock.now() >= end) return health;
    await timing.clock.pause(ASK_EVERY);
  }
}
