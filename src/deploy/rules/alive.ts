import type { HostClient } from '../../client/host-client.ts';
import { showsLife } from './receiving.ts';
import type { RuleUse } from './use.ts';
import { type WatchTiming, watchRules } from './watch.ts';

/**
 * Whether rows of rules show that a plugin lives, whatever its status says: after an update eKuiper 2.4.0 was seen to
 * report `signal: killed` for good, which was the end of the old process, told late, while the new one worked. Only
 * rules with a source or function of it can show that: a sink counts its rows also when nobody takes them.
 * False says nothing. Throws HostFailure.
 */
export async function rowsShowLife(
  client: HostClient,
  uses: readonly RuleUse[],
  timing: WatchTiming,
): Promise<boolean> {
  const watch = await watchRules(client, uses.filter(showsLife));
  return (await watch.verdicts(timing)).some(({ state }) => state === 'answers');
}
