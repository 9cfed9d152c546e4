import type { Registration } from '../client/answers.ts';
import type { HostClient } from '../client/host-client.ts';
import { HostFailure } from '../client/host-failure.ts';
import type { ApplyOptions } from './apply-options.ts';
import { failedInstall, stillOpen } from './failed.ts';
import type { InstallPlan } from './plan.ts';
import { register } from './register.ts';
import { type Outcome, outcomeOf } from './settle.ts';

/**
 * Registers once; true when the host answered, false when the answer was lost and asking showed that it was done.
 * Throws HostFailure that tells what the host has now.
 */
export async function attempt(
  client: HostClient,
  plan: InstallPlan,
  registration: Registration,
  options: ApplyOptions,
  again: boolean,
): Promise<boolean> {
  try {
    const { limit } = options;
    if (again) await client.update(registration, limit);
    else await register(client, plan, registration, limit);
    return true;
  } catch (thrown) {
    if (!(thrown instanceof HostFailure)) throw thrown;
    const outcome = thrown.unsettled
      ? await settled(client, plan, registration, thrown, options)
      : 'not-done';
    if (outcome === 'done') return false;
    throw outcome === 'open'
      ? stillOpen(client, plan, thrown)
      : await failedInstall(client, plan, thrown);
  }
}

function settled(
  client: HostClient,
  { info }: InstallPlan,
  registration: Registration,
  failure: HostFailure,
  { watcher, clock, limit, hasScript: patient }: ApplyOptions,
): Promise<Outcome> {
  watcher.waiting(`${failure.message}; asking whether it got there`, limit);
  return outcomeOf(client, info, registration, { clock, limit, patient });
}
