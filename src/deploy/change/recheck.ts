import type { Clock } from '../../client/clock.ts';
import type { HostClient } from '../../client/host-client.ts';
import { GLANCE, healthByRows } from '../rules/late-word.ts';
import { ruleUses } from '../rules/rule-uses.ts';
import type { RuleUse } from '../rules/use.ts';
import { type HostSight, lookAt } from './present.ts';

/**
 * {@link lookAt}; with a clock rows are looked at for two seconds where the host may be wrong about the plugin's
 * process. Throws HostFailure.
 */
export async function recheck(
  client: HostClient,
  name: string,
  clock: Clock | undefined,
): Promise<HostSight> {
  const sight = await lookAt(client, name);
  const { info, present } = sight;
  if (present === null || clock === undefined) return sight;
  const facts = { info, health: present.health, uses: usesOf(sight) };
  const health = await healthByRows(client, facts, { clock, limit: GLANCE });
  return { ...sight, present: { ...present, health } };
}

/** The rules that use a plugin; none where it is not there. */
export function usesOf({ exported, present }: HostSight): readonly RuleUse[] {
  return present === null ? [] : ruleUses(exported, present.plugin, present.health);
}
