import type { Context } from '../cli/context.ts';
import type { HostClient } from '../client/host-client.ts';
import type { RegisterAgainEffects } from '../deploy/history/again.ts';
import { openRescuedHost } from './open-host.ts';
import { timeoutOf } from './reach.ts';
import type { HostFlagValues } from './resolve.ts';
import { systemClock } from './system-clock.ts';
import { talkingWatcher } from './talking-watcher.ts';
import { approveNoWayBack } from './way-back-consent.ts';

/** Milliseconds that a host gets to start a plugin, without `--timeout`. */
export const LIMIT = 90_000;

/** Opens a host for a change that is put right after Ctrl-C; closes it when the work is done. */
export async function withRescue<T>(
  flags: HostFlagValues & { readonly timeout: string | undefined },
  context: Context,
  work: (client: HostClient, effects: RegisterAgainEffects) => Promise<T>,
): Promise<T> {
  const { client, rescue, unbroken } = openRescuedHost(flags, context);
  try {
    return await work(client, {
      watcher: talkingWatcher(context.talk),
      clock: systemClock(context.signal),
      signal: context.signal,
      rescue,
      rescueClock: systemClock(unbroken),
      limit: timeoutOf(flags.timeout) ?? LIMIT,
      approveNoWayBack: (plan) => approveNoWayBack(plan, client.address.label, context),
    });
  } finally {
    await client.close();
  }
}
