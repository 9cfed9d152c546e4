import type { KpluginError } from '../../model/error.ts';
import type { HostClient } from '../client/host-client.ts';
import type { Change } from '../install/change.ts';
import { failedChange } from './failed-change.ts';
import type { Restored } from './restoring.ts';

/**
 * The failure of a change of which nothing was registered yet: what the plan saw is what the host has. Exit codes as
 * {@link failedChange}.
 */
export function notBegun(
  thrown: unknown,
  { plan, act = 'install' }: Pick<Change, 'plan' | 'act'>,
  { client, signal }: { readonly client: HostClient; readonly signal: AbortSignal },
): KpluginError {
  const { present } = plan;
  const restored: Restored =
    present === null
      ? { state: 'removed', undone: false }
      : { state: 'untouched', version: present.plugin.version, health: present.health };
  const cause = signal.aborted ? 'unwanted' : 'refused';
  return failedChange(thrown, restored, { client, plan, act, cause });
}
