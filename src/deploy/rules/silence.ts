import type { RuleStatus } from '../../client/rule-status.ts';
import type { RuleUse } from './use.ts';

/** Rows that have to have come before their end says something. */
const MANY = 10;
const SHORTEST = 60_000;
/** So many times longer than it took from row to row on average. */
const TIMES = 20;

export interface SilenceTiming {
  /** The host's clock, milliseconds since 1970. */
  readonly now: number;
  /** Since when eKuiper runs: where a rule does not tell its start, it was not before that. */
  readonly upTimeSeconds: number | null;
}

/**
 * Since when the sources of a rule that uses a plugin's source bring nothing, though rows came before: a minute at
 * least, and twenty times as long as it took from row to row since the rule was started. Null for all others, and where
 * it cannot be told. A process that ended with exit code 0 goes on being called running (docs/ekuiper.md#status, seen
 * on 2.4.0): this is all that shows it. A source may fall silent for reasons of its own, so it is a warning, never an
 * error.
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
