import type { Clock } from '../../client/clock.ts';
import type { HostClient } from '../../client/host-client.ts';
import { isRunning, type RuleStatus } from '../../client/rule-status.ts';
import { QUIET, watchTimeOf } from './pace.ts';
import type { RuleUse } from './rule-uses.ts';
import { flowBetween, type RuleVerdict, ruleStatuses, Watched } from './rule-verdict.ts';

/** Milliseconds; the default of {@link WatchTiming.limit}. */
const LIMIT = 15_000;

/** Milliseconds between two reads of the statuses. */
const LOOK_EVERY = 1000;

const LOOKS = 5;

/** One burst of rows may be followed by a long silence; rows in two of five seconds predict more rows. */
const ENOUGH = 2;

/** Milliseconds. A row this long before an interrupted run came through what ran before that run. */
const BEFORE_CUT = 10_000;

export interface WatchTiming {
  readonly clock: Clock;
  /** The maximum, milliseconds; eKuiper reports a lost function after 5 s, for each rule that calls it. */
  readonly limit?: number;
  /**
   * `--watch` in milliseconds; null where the pace of each rule decides, see {@link watchTimeOf}. Left out: no rule is
   * watched for longer than `limit`.
   */
  readonly watch?: number | null;
  /** The client to use when Ctrl-C may have aborted the one of before. */
  readonly client?: HostClient;
}

interface ReceivingTiming {
  readonly clock: Clock;
  /** When an earlier run was interrupted, by the host's clock (milliseconds since 1970); null without one. */
  readonly interrupted: number | null;
}

export interface RuleWatch {
  /** The rules that ran before the change; only these get a verdict. */
  readonly rules: readonly string[];
  /**
   * Called right before the change: returns the rules that receive rows, see {@link receivingRules}. Throws
   * HostFailure.
   */
  receiving(timing: ReceivingTiming): Promise<ReadonlySet<string>>;
  /** The longest time (milliseconds) that a rule is watched for its first row; `watch`: {@link WatchTiming.watch}. */
  longest(watch: number | null): number;
  /**
   * Called after the change: reads the rules until each has a verdict, for at most `limit` (15 s), a slow one as
   * long as its pace needs. Throws HostFailure.
   */
  verdicts(timing: WatchTiming): Promise<readonly RuleVerdict[]>;
}

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
  const sinks = new Map(uses.map((use) => [use.rule, unseenSinks(use)]));
  // Their pace is that of this moment.
  const seen = client.hostTime();
  let receiving: ReadonlySet<string> = new Set();
  return {
    rules,
    async receiving(timing) {
      receiving = await receivingRules(client, uses, before, timing);
      return receiving;
    },
    longest: (watch) =>
      Math.max(0, ...[...before.values()].map((one) => watchTimeOf(one, seen, watch))),
    async verdicts(timing) {
      const all = await verdicts(timing.client ?? client, { before, receiving, seen }, timing);
      return all.map((one) => ({ ...one, ...sinks.get(one.rule) }));
    },
  };
}

/** The rows of a sink of the plugin prove nothing about it, see {@link showsLife}. */
function unseenSinks(use: RuleUse): Pick<RuleVerdict, 'sinksOnly' | 'sinksUnseen'> {
  if (!use.symbols.some(({ kind }) => kind === 'sink')) return {};
  return showsLife(use) ? { sinksUnseen: true } : { sinksOnly: true };
}

async function verdicts(
  client: HostClient,
  {
    before,
    receiving,
    seen,
  }: {
    before: ReadonlyMap<string, RuleStatus>;
    receiving: ReadonlySet<string>;
    seen: number | null;
  },
  { clock, limit = LIMIT, watch }: WatchTiming,
): Promise<readonly RuleVerdict[]> {
  const rules = [...before.keys()];
  if (rules.length === 0) return [];
  const began = clock.now();
  const first = await ruleStatuses(client, rules);
  const open = new Map(
    rules.map((rule) => {
      const watchTime = watch === undefined ? QUIET : watchTimeOf(before.get(rule), seen, watch);
      const rowsBefore = receiving.has(rule);
      return [rule, new Watched(rule, first.get(rule) ?? null, { rowsBefore, watchTime })];
    }),
  );
  const all = [...open.values()];
  const isShort = watch === undefined;
  const end = isShort ? limit : Math.max(limit, ...all.map(({ watchTime }) => watchTime));
  for (;;) {
    const passed = clock.now() - began;
    for (const [rule, watched] of open) {
      if (watched.isDecided(passed)) open.delete(rule);
    }
    if (open.size === 0 || passed >= end) break;
    await clock.pause(LOOK_EVERY);
    const now = await ruleStatuses(client, [...open.keys()]);
    for (const [rule, watched] of open) watched.see(now.get(rule) ?? null);
  }
  return all.map((watched) => watched.verdict(before.get(watched.rule)));
}

/**
 * Returns the rules that receive rows so often that silence after a change is evidence: those with new rows in two of
 * five reads, one second apart, and those whose rows ended with an earlier change that was interrupted. `before`: the
 * first status of the running rules. Slow rules are not included. Throws HostFailure.
 */
async function receivingRules(
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
    await clock.pause(LOOK_EVERY);
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

/**
 * Whether a rule's rows can prove that the plugin works: a sink counts rows even when nobody receives them (1.14,
 * 2.4).
 */
export function showsLife({ symbols }: RuleUse): boolean {
  return symbols.some(({ kind }) => kind !== 'sink');
}
