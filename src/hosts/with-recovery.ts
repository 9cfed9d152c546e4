import type { Context } from '../cli/context.ts';
import type { HostClient } from '../client/host-client.ts';
import type { RegisterAgainEffects } from '../deploy/history/again.ts';
import { openRecoveredHost } from './open-host.ts';
import { timeoutOf } from './reach.ts';
import type { HostFlagValues } from './resolve.ts';
import { approveNoRollback } from './rollback-target-consent.ts';
import { systemClock } from './system-clock.ts';
import { talkingWatcher } from './talking-watcher.ts';

/** Milliseconds that a host gets to start a plugin, without `--timeout`. */
export const LIMIT = 90_000;

/** Opens a host for a change that is restored after Ctrl-C; closes it when the work is done. */
export async function withRecovery<T>(
  flags: HostFlagValues & { readonly timeout: string | undefined },
  context: Context,
  work: (client: HostClient, effects: RegisterAgainEffects) => Promise<T>,
): Promise<T> {
  const { client, recovery, unabortable } = openRecoveredHost(flags, context);
  try {
    return await work(client, {
      watcher: talkingWatcher(context.talk),
      clock: systemClock(context.signal),
      signal: context.signal,
      recovery,
      recoveryClock: systemClock(unabortable),
      limit: timeoutOf(flags.timeout) ?? LIMIT,
      approveNoRollback: (plan) => approveNoRollback(plan, client.address.label, context),
    });
  } finally {
    await client.close();
  }
}
