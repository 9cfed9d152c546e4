import type { Clock } from '../../client/clock.ts';
import type { HostClient } from '../../client/host-client.ts';
import { isRunning, type RuleStatus } from '../../client/rule-status.ts';
import { type ReceivingTiming, receivingRules, showsLife } from './receiving.ts';
import { ruleStatuses } from './statuses.ts';
import type { RuleUse } from './use.ts';
import { type RuleVerdict, Watched } from './watched.ts';

export interface WatchTiming {
  readonly clock: Clock;
  /** The maximum, milliseconds; eKuiper reports a lost function after 5 s, for each rule that calls it. */
  readonly limit?: number;
  /** The client to use when Ctrl-C may have aborted the one of before. */
  readonly client?: HostClient;
}

export interface RuleWatch {
  /** The rules that ran before the change; only these get a verdict. */
  readonly rules: readonly string[];
  /**
   * Called right before the change: returns the rules that receive rows, see {@link receivingRules}. Throws
   * HostFailure.
   */
  receiving(timing: ReceivingTiming): Promise<ReadonlySet<string>>;
  /**
   * Called after the change: reads the rules until each has a verdict, for at most `limit` (15 s). Throws HostFailure.
   */
  verdicts(timing: WatchTiming): Promise<readonly RuleVerdict[]>;
}

const LIMIT = 15_000;
const ASK_EVERY = 1000;

/**
 * Reads the rules that use a plugin before it is changed (docs/ekuiper.md#functions-after-an-update,
 * #killed-by-an-update). Throws HostFailure.
 */
export async function watchRules(client: HostClient, uses: readonly RuleUse[]): Promise<RuleWatch> {
  const before = await ruleStatuses(
    client,
    uses.map(({ rule }) => rule),
  );
  for (const [rule, status] of before) if (!isRunning(status.state)) before.delete(rule);
  const rules = [...before.keys()];
  const sinksOnly = new Set(uses.filter(hasSinksOnly).map(({ rule }) => rule));
  let receiving: ReadonlySet<string> = new Set();
  return {
    rules,
    async receiving(timing) {
      receiving = await receivingRules(client, uses, before, timing);
      return receiving;
    },
    async verdicts(timing) {
      const all = await verdicts(timing.client ?? client, { before, receiving }, timing);
      return all.map((one) => (sinksOnly.has(one.rule) ? { ...one, sinksOnly: true } : one));
    },
  };
}

function hasSinksOnly(use: RuleUse): boolean {
  return use.symbols.length > 0 && !showsLife(use);
}

async function verdicts(
  client: HostClient,
  {
    before,
    receiving,
  }: { before: ReadonlyMap<string, RuleStatus>; receiving: ReadonlySet<string> },
  { clock, limit = LIMIT }: WatchTiming,
): Promise<readonly RuleVerdict[]> {
  const rules = [...before.keys()];
  if (rules.length === 0) return [];
  const began = clock.now();
  const first = await ruleStatuses(client, rules);
  const open = new Map(
    rules.map((rule) => [rule, new Watched(rule, first.get(rule) ?? null, receiving.has(rule))]),
  );
  const all = [...open.values()];
  for (;;) {
    const passed = clock.now() - began;
    for (const [rule, watched] of open) {
      if (watched.isDecided(passed)) open.delete(rule);
    }
    if (open.size === 0 || passed >= limit) break;
    await clock.pause(ASK_EVERY);
    const now = await ruleStatuses(client, [...open.keys()]);
    for (const [rule, watched] of open) watched.see(now.get(rule) ?? null);
  }
  return all.map((watched) => watched.verdict(before.get(watched.rule)));
}
