import type { Clock } from '../../client/clock.ts';
import type { HostClient } from '../../client/host-client.ts';
import type { RuleStatus } from '../../client/rule-status.ts';
import { flowBetween } from './flow.ts';
import { ruleStatuses } from './statuses.ts';
import type { RuleUse } from './use.ts';

export interface ReceivingTiming {
  readonly clock: Clock;
  /** When an earlier run was interrupted, by the host's clock (milliseconds since 1970); null without one. */
  readonly interrupted: number | null;
}

const ASK_EVERY = 1000;
const LOOKS = 5;
/** One burst of rows may be followed by a long silence; rows in two of five seconds predict more rows. */
const ENOUGH = 2;
/** Milliseconds. A row this long before an interrupted run came through what ran before that run. */
const BEFORE_CUT = 10_000;

/**
 * Returns the rules that receive rows so often that silence after a change is evidence: those with new rows in two of
 * five reads, one second apart, and those whose rows ended with an earlier change that was interrupted. `before`: the
 * first status of the running rules. Slow rules are not included. Throws HostFailure.
 */
export async function receivingRules(
  client: HostClient,
  uses: readonly RuleUse[],
  before: ReadonlyMap<string, RuleStatus>,
  { clock, interrupted }: ReceivingTiming,
): Promise<ReadonlySet<string>> {
  const receiving = new Set<string>();
  const seen = new Map<string, number>();
  const open = new Map(uses.filter(showsLife).flatMap((use) => keyed(use, before)));
  for (const [rule, status] of open) {
    if (interrupted !== null && newestRow(status) > interrupted - BEFORE_CUT) receiving.add(rule);
  }
  let last: ReadonlyMap<string, RuleStatus> = open;
  for (let looks = 0; looks < LOOKS; looks += 1) {
    const asked = [...open.keys()].filter((rule) => !receiving.has(rule));
    if (asked.length === 0) break;
    await clock.pause(ASK_EVERY);
    const now = await ruleStatuses(client, asked);
    for (const [rule, status] of now) {
      if (!hasRows(last.get(rule), status)) continue;
      seen.set(rule, (seen.get(rule) ?? 0) + 1);
      if ((seen.get(rule) ?? 0) >= ENOUGH) receiving.add(rule);
    }
    last = now;
  }
  return receiving;
}

/**
 * Whether a rule's rows can prove that the plugin works: a sink counts rows even when nobody receives them (1.14,
 * 2.4).
 */
export function showsLife({ symbols }: RuleUse): boolean {
  return symbols.some(({ kind }) => kind !== 'sink');
}

function keyed(
  { rule }: RuleUse,
  before: ReadonlyMap<string, RuleStatus>,
): (readonly [string, RuleStatus])[] {
  const status = before.get(rule);
  return status === undefined ? [] : [[rule, status]];
}

/** On 1.x errors reach the sink as rows, so a rule that throws has no rows to lose. */
function hasRows(before: RuleStatus | undefined, now: RuleStatus): boolean {
  if (before === undefined) return false;
  const { wentOut, exceptions } = flowBetween(before, now);
  return wentOut > 0 && exceptions === 0;
}

function newestRow({ operators }: RuleStatus): number {
  const sinks = operators.filter(({ name }) => name.startsWith('sink_'));
  return Math.max(0, ...sinks.map(({ lastRowTime }) => lastRowTime));
}
