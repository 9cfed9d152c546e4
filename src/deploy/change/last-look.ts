import type { Registration } from '../../client/answers.ts';
import { HostFailure } from '../../client/host-failure.ts';
import { isSameRegistration } from '../record/record.ts';
import { whatIsNow } from './now.ts';
import type { Restored, Restoring } from './restoring.ts';

/**
 * Looks once more when all is restored and written down: who installed something meanwhile must not be reported as what
 * was there before. Where the host does not answer any more, what was seen before holds. Never throws HostFailure.
 */
export async function lastLook(restored: Restored, restoring: Restoring): Promise<Restored> {
  const expected = expectedOf(restored, restoring);
  if (expected === undefined) return restored;
  const { client, plan } = restoring;
  try {
    const now = await whatIsNow(client, plan.info, plan.name);
    const isTold = now.plugin !== null && now.registration !== null;
    return isTold && !isSameRegistration(now.registration, expected)
      ? { state: 'other', now }
      : restored;
  } catch (thrown) {
    if (!(thrown instanceof HostFailure)) throw thrown;
    return restored;
  }
}

/** What has to be registered then; undefined where that was not the question. */
function expectedOf(restored: Restored, { plan }: Restoring): Registration | null | undefined {
  if (restored.state === 'back') return restored.step.registration;
  if (restored.state === 'removed') return null;
  return restored.state === 'untouched' ? plan.present?.registration : undefined;
}
