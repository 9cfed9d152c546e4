import type { HostClient } from '../../client/host-client.ts';
import { isRunning, type OperatorMetrics, type RuleStatus } from '../../client/rule-status.ts';
import type { RuleUse } from './rule-uses.ts';
import { ruleStatuses } from './rule-verdict.ts';

/** The minimum number of rows before their end is evidence. */
const LEAST_ROWS = 10;

/** Milliseconds. */
const LEAST_SILENCE = 60_000;

/** The silence must be this many times the average interval between rows. */
const LEAST_INTERVALS = 20;

/** Milliseconds from an exception to a later row after which the exception counts as past. */
const LONG_AFTER = 60_000;

/** A rule that does not work, for reasons related to the plugin. */
export interface RuleTrouble {
  readonly rule: string;
  /**
   * `throws`: its exceptions name the plugin. `stopped`: it is down although no user stopped it. `silent`: it runs,
   * and the plugin's source no longer sends rows.
   */
  readonly state: 'throws' | 'stopped' | 'silent';
  /** The number of exceptions since the rule was started; 0 when it is down or silent. */
  readonly exceptions: number;
  /**
   * The time of the newest exception or the last row, by the host's clock (milliseconds since 1970); null when it is
   * not known.
   */
  readonly time: number | null;
  /** eKuiper's error text, or a description. */
  readonly words: string;
}

/** Finds problems in the rules that use a plugin. Throws HostFailure. */
export async function rulesInTrouble(
  client: Pick<HostClient, 'ruleStatus' | 'hostTime' | 'info'>,
  plugin: string,
  uses: readonly RuleUse[],
): Promise<readonly RuleTrouble[]> {
  const statuses = await ruleStatuses(
    client,
    uses.map(({ rule }) => rule),
  );
  if (statuses.size === 0) return [];
  const { upTimeSeconds } = await client.info();
  const now = client.hostTime();
  return uses.flatMap((use) => {
    const { rule, symbols } = use;
    const status = statuses.get(rule);
    if (status === undefined) return [];
    const names = [plugin, ...symbols.map(({ name }) => name)];
    const known = stopped(rule, status) ?? thrown(rule, status, names);
    if (known.length > 0 || now === null || !isRunning(status.state)) return known;
    const silence = silenceOf(use, status, { now, upTimeSeconds });
    return silence === null ? [] : [{ rule, state: 'silent', exceptions: 0, ...silence }];
  });
}

function stopped(rule: string, { state, message }: RuleStatus): RuleTrouble[] | null {
  if (isRunning(state)) return null;
  const byHand = message === '' || /canceled manually/.test(`${state} ${message}`);
  if (byHand && !/error/.test(state)) return [];
  return [{ rule, state: 'stopped', exceptions: 0, time: null, words: message || state }];
}

function thrown(rule: string, { operators }: RuleStatus, names: readonly string[]): RuleTrouble[] {
  const concerned = operators.filter(
    ({ exceptions, lastException }) => exceptions > 0 && names.some(named(lastException)),
  );
  const newest = concerned.reduce<OperatorMetrics | null>(
    (best, one) => (best === null || one.lastExceptionTime > best.lastExceptionTime ? one : best),
    null,
  );
  if (newest === null || isPast(newest, operators)) return [];
  const { exceptions, lastException, lastExceptionTime: time } = newest;
  return [{ rule, state: 'throws', exceptions, time: time || null, words: lastException }];
}

/** eKuiper keeps an exception until the rule is restarted; rows that passed long after it show that it is over. */
function isPast({ lastExceptionTime }: OperatorMetrics, all: readonly OperatorMetrics[]): boolean {
  const sinks = all.filter(({ name }) => name.startsWith('sink_'));
  const lastRow = Math.max(0, ...sinks.map(({ lastRowTime }) => lastRowTime));
  return lastRow - lastExceptionTime > LONG_AFTER;
}

/** Whether a text contains a name as a whole word. */
function named(text: string): (name: string) => boolean {
  return (name) => text.split(/[^A-Za-z0-9_-]+/).includes(name);
}

interface SilenceTiming {
  /** The host's clock, milliseconds since 1970. */
  readonly now: number;
  /** The uptime of eKuiper: the start of a rule that does not report its start, at the earliest. */
  readonly upTimeSeconds: number | null;
}

/**
 * Returns since when the sources of a rule that uses a plugin's source send no rows, although they did before: for at
 * least a minute, and twenty times the average interval between rows since the rule was started. Null for all other
 * rules, and when it cannot be determined. A process that ended with exit code 0 is still reported as running
 * (docs/ekuiper.md#status, seen on 2.4.0), and only this shows it. A source may have reasons of its own to send
 * nothing, so it is a warning, never an error.
 */
function silenceOf(
  { symbols }: RuleUse,
  { operators, startTime }: RuleStatus,
  { now, upTimeSeconds }: SilenceTiming,
): { readonly time: number; readonly words: string } | null {
  if (!symbols.some(({ kind }) => kind === 'source')) return null;
  const sources = operators.filter(({ name }) => name.startsWith('source_'));
  const rows = sources.reduce((sum, { recordsOut }) => sum + recordsOut, 0);
  const time = Math.max(0, ...sources.map(({ lastRowTime }) => lastRowTime));
  const began = startTime ?? (upTimeSeconds === null ? null : now - upTimeSeconds * 1000);
  if (rows < LEAST_ROWS || time === 0 || began === null) return null;
  const silence = now - time;
  const pace = Math.max(0, time - began) / rows;
  if (silence < Math.max(LEAST_SILENCE, LEAST_INTERVALS * pace)) return null;
  return { time, words: `no row came for ${agoText(silence)}, though ${rows} came before` };
}

/** `90 s`, `12 min`, `5 h`. */
function agoText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
