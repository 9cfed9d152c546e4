import type { HostClient } from '../../client/host-client.ts';
import { HostFailure } from '../../client/host-failure.ts';
import { isInterrupted } from '../../model/abort.ts';
import type { KpluginError } from '../../model/error.ts';
import type { Change } from './change.ts';
import { failedChange } from './failed-change.ts';
import { whatIsNow } from './now.ts';
import type { Restored } from './restoring.ts';

/**
 * The failure of a change of which nothing was registered yet: what the plan saw is what the host has, unless somebody
 * else was found to have been there. Exit codes as {@link failedChange}.
 */
export async function notBegun(
  thrown: unknown,
  { plan, act = 'install' }: Pick<Change, 'plan' | 'act'>,
  { client, signal }: { readonly client: HostClient; readonly signal: AbortSignal },
): Promise<KpluginError> {
  const isOther = thrown instanceof HostFailure && thrown.code === 'conflicting';
  const restored = isOther ? await othersOf(plan, client) : asPlanned(plan);
  const cause = isInterrupted(thrown, signal) ? 'unwanted' : 'refused';
  return failedChange(thrown, restored, { client, plan, act, cause });
}

function asPlanned({ present }: Change['plan']): Restored {
  return present === null
    ? { state: 'removed', undone: false }
    : { state: 'untouched', version: present.plugin.version, health: present.health };
}

async function othersOf({ info, name }: Change['plan'], client: HostClient): Promise<Restored> {
  try {
    return { state: 'other', now: await whatIsNow(client, info, name) };
  } catch (thrown) {
    if (!(thrown instanceof HostFailure)) throw thrown;
    return { state: 'lost', now: null, failures: [] };
  }
}
