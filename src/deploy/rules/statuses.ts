import type { HostClient } from '../../client/host-client.ts';
import type { RuleStatus } from '../../client/rule-status.ts';

const AT_ONCE = 8;

/** Reads the statuses of rules, eight at a time; rules that no longer exist are left out. Throws HostFailure. */
export async function ruleStatuses(
  client: Pick<HostClient, 'ruleStatus'>,
  rules: readonly string[],
): Promise<Map<string, RuleStatus>> {
  const found = new Map<string, RuleStatus>();
  for (let first = 0; first < rules.length; first += AT_ONCE) {
    const some = rules.slice(first, first + AT_ONCE);
    const read = await Promise.all(some.map((rule) => client.ruleStatus(rule)));
    some.forEach((rule, at) => {
      const status = read[at];
      if (status) found.set(rule, status);
    });
  }
  return found;
}
