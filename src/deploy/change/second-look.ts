import type { HostClient } from '../../client/host-client.ts';
import { isRunning, type RuleStatus } from '../../client/rule-status.ts';
import { has } from '../../model/behaviours.ts';
import { healthOf } from '../health.ts';
import { mayBeLate } from '../rules/proof-by-rows.ts';
import { ruleStatuses } from '../rules/rule-verdict.ts';
import { isWell } from './register.ts';

/** Milliseconds. In a shorter time a rule may get no row although it works. */
const LEAST_FOR_ROWS = 15_000;

/** Milliseconds by which two clocks and the time of the answers may differ. */
const TOLERANCE = 3000;

/** A plugin that was changed, for a look at it later. */
export interface ChangedPlugin {
  readonly name: string;
  /** The rules that use it. */
  readonly rules: readonly string[];
  /** Those of them that received rows after the change. */
  readonly receiving: ReadonlySet<string>;
}

/** Reads the host again; resolves to what got worse, a sentence each. `waited`: milliseconds since the first look. */
export type SecondLook = (client: HostClient, waited: number) => Promise<readonly string[]>;

/**
 * Reads a plugin and its rules after a change. The second look tells whether the plugin is alive, whether eKuiper or a
 * rule was restarted meanwhile, whether rows flow, and whether rules throw that did not. Throws HostFailure.
 */
export async function firstLook(client: HostClient, changed: ChangedPlugin): Promise<SecondLook> {
  const { name, rules, receiving } = changed;
  const before = await ruleStatuses(client, rules);
  return async (again, waited) => {
    const info = await again.info();
    const worse: string[] = [];
    const now = await ruleStatuses(again, rules);
    const flows = [...before].some(([rule, was]) => {
      const status = now.get(rule);
      return status !== undefined && rowsOf(status) > rowsOf(was);
    });
    if (has(info.version, 'reports-status')) {
      const health = healthOf(await again.status(name), info);
      // eKuiper may report the end of the old process late, while the new one works.
      const isLate = flows && mayBeLate(health, info);
      if (!isWell(health) && !isLate)
        worse.push(`plugin ${name} is ${health.state}: ${health.error}`);
    }
    if ((await again.plugin(name)) === null) worse.push(`plugin ${name} is gone`);
    const up = info.upTimeSeconds;
    if (up !== null && up * 1000 + TOLERANCE < waited) worse.push('eKuiper was restarted');
    for (const [rule, was] of before) {
      const how = worseOf(was, now.get(rule) ?? null, receiving.has(rule), waited);
      if (how !== null) worse.push(`rule ${rule} ${how}`);
    }
    return worse;
  };
}

function worseOf(
  was: RuleStatus,
  now: RuleStatus | null,
  receiving: boolean,
  waited: number,
): string | null {
  if (!isRunning(was.state) || now === null) return null;
  if (!isRunning(now.state)) return `is down: ${now.message || now.state}`;
  const [before, after] = [rowsOf(was), rowsOf(now)];
  if (now.startTime !== was.startTime || after < before) return 'was restarted';
  const thrown = exceptionsOf(now) - exceptionsOf(was);
  if (thrown > 0) return `threw ${thrown === 1 ? 'once' : `${thrown} times`}: ${newest(now)}`;
  return receiving && waited >= LEAST_FOR_ROWS && after === before ? 'received no row' : null;
}

function rowsOf({ operators }: RuleStatus): number {
  const sources = operators.filter(({ name }) => name.startsWith('source_'));
  return sources.reduce((sum, { recordsOut }) => sum + recordsOut, 0);
}

function exceptionsOf({ operators }: RuleStatus): number {
  return operators.reduce((sum, { exceptions }) => sum + exceptions, 0);
}

function newest({ operators }: RuleStatus): string {
  const [first] = operators
    .filter(({ lastException }) => lastException !== '')
    .sort((a, b) => b.lastExceptionTime - a.lastExceptionTime);
  return first?.lastException.split('\n')[0] ?? '';
}
