import { HostFailure } from '../../client/host-failure.ts';
import { bringUp } from '../install/register.ts';
import { verify } from '../install/verify.ts';
import { versionOf, type WayBackStep } from '../install/way-back.ts';
import { whatIsNow } from './now.ts';
import { persist } from './persist.ts';
import { type FailedStep, isForeign, type Restored, type Restoring } from './restoring.ts';

/**
 * Registers the versions of a way back in turn until one runs; those that do not are added to `failures`. Throws
 * HostFailure when none does.
 */
export async function takeSteps(restoring: Restoring, failures: FailedStep[]): Promise<Restored> {
  let last: HostFailure | null = null;
  for (const step of restoring.plan.wayBack.steps) {
    if (last !== null) restoring.watcher.mending?.(`${last.message}; now ${versionOf(step)}`);
    try {
      const restored = await persist(() => takeStep(restoring, step), restoring);
      return restored.state === 'back' ? { ...restored, failures } : restored;
    } catch (thrown) {
      if (!(thrown instanceof HostFailure)) throw thrown;
      last = thrown;
      failures.push({ step, failure: thrown });
    }
  }
  throw last ?? new Error('a way back without steps');
}

async function takeStep(restoring: Restoring, step: WayBackStep): Promise<Restored> {
  const { client, plan } = restoring;
  const { info, name } = plan;
  const now = await whatIsNow(client, info, name);
  if (isForeign(now, restoring)) return { state: 'other', now };
  const { health } = await bringUp({
    ...restoring,
    info,
    registration: step.registration,
    before: now.registration,
    isThere: now.plugin !== null,
  });
  await verify(client, info, step.registration, null);
  return { state: 'back', step, health, failures: [] };
}
