import type { RuleStatus } from '../../client/rule-status.ts';
import type { RuleUse } from './use.ts';

/** The minimum number of rows before their end is evidence. */
const MANY = 10;
const SHORTEST = 60_000;
/** The silence must be this many times the average interval between rows. */
const TIMES = 20;

export interface SilenceTiming {
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
export function silenceOf(
  { symbols }: RuleUse,
  { operators, startTime }: RuleStatus,
  { now, upTimeSeconds }: SilenceTiming,
): { readonly time: number; readonly words: string } | null {
  if (!symbols.some(({ kind }) => kind === 'source')) return null;
  const sources = operators.filter(({ name }) => name.startsWith('source_'));
  const rows = sources.reduce((sum, { recordsOut }) => sum + recordsOut, 0);
  const time = Math.max(0, ...sources.map(({ lastRowTime }) => lastRowTime));
  const began = startTime ?? (upTimeSeconds === null ? null : now - upTimeSeconds * 1000);
  if (rows < MANY || time === 0 || began === null) return null;
  const silence = now - time;
  const pace = Math.max(0, time - began) / rows;
  if (silence < Math.max(SHORTEST, TIMES * pace)) return null;
  return { time, words: `no row came for ${agoText(silence)}, though ${rows} came before` };
}

/** `90 s`, `12 min`, `5 h`. */
function agoText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
