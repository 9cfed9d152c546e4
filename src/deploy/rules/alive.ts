import type { HostClient } from '../../client/host-client.ts';
import { showsLife } from './receiving.ts';
import type { RuleUse } from './use.ts';
import { type WatchTiming, watchRules } from './watch.ts';

/**
 * Whether the rows of rules prove that a plugin works, whatever its status reports: after an update, eKuiper 2.4.0 was
 * seen to report `signal: killed` permanently, which was the late report of the old process, while the new one worked.
 * Only rules with a source or function of the plugin prove it: a sink counts rows even when nobody receives them.
 * False proves nothing. Throws HostFailure.
 */
export async function rowsShowLife(
  client: HostClient,
  uses: readonly RuleUse[],
  timing: WatchTiming,
): Promise<boolean> {
  const watch = await watchRules(client, uses.filter(showsLife));
  return (await watch.verdicts(timing)).some(({ state }) => state === 'answers');
}
