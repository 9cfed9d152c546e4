import type { RemarkId } from '../../model/error-catalogue.ts';

/**
 * `ok`: nothing to do. `warning`: it works, and something may be lost. `error`: it does not work.
 * `skipped`: it was not looked at, and the text says why.
 */
export type Level = 'ok' | 'warning' | 'error' | 'skipped';

/** One line of the doctor's answer. */
export interface Remark {
  /** What `--json` and tests name it by, and `kplugin explain` explains. */
  readonly id: RemarkId;
  readonly level: Level;
  /** What was seen, one sentence without a full stop. */
  readonly text: string;
  /** What to do: a command wherever there is one; null when nothing has to be done. */
  readonly hint: string | null;
}

/** One question of the doctor. Each is independent: another check is another file and a row in a list. */
export interface Check<S> {
  readonly id: RemarkId;
  /** Finishes "waiting for …" and "not looked at: …". */
  readonly asks: string;
  /** What it throws becomes a remark of its own; it never stops the others. */
  readonly look: (subject: S) => Promise<readonly Remark[]>;
}

/** A remark; without a hint there is nothing to do. */
export function remark(
  id: RemarkId,
  level: Level,
  text: string,
  hint: string | null = null,
): Remark {
  return { id, level, text, hint };
}

/** `pysam`, `a and b`, `a, b and 3 more`. */
export function listed(names: readonly string[], most = 4): string {
  const shown = names.length > most ? names.slice(0, most - 1) : names;
  const more = names.length - shown.length;
  const parts = more > 0 ? [...shown, `${more} more`] : [...shown];
  const last = parts.pop() ?? '';
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}
