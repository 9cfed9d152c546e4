import type { RemarkId } from '../../model/error-catalogue.ts';

/**
 * `ok`: nothing to do. `warning`: it works, but something may be lost. `error`: it does not work. `skipped`: it was
 * not checked, and the text says why.
 */
export type Level = 'ok' | 'warning' | 'error' | 'skipped';

/** One line of doctor's output. */
export interface Remark {
  /** The id in `--json` and for `kplugin explain`. */
  readonly id: RemarkId;
  readonly level: Level;
  /** What was seen, one sentence without a full stop. */
  readonly text: string;
  /** How to fix it, with a command if there is one; null when nothing has to be done. */
  readonly hint: string | null;
}

/** One check of doctor. Checks are independent: a new check is a new file and an entry in a list. */
export interface Check<S> {
  readonly id: RemarkId;
  /** Completes "waiting for …" and "not looked at: …". */
  readonly asks: string;
  /** Runs the check. An exception becomes a remark and does not stop the other checks. */
  readonly look: (subject: S) => Promise<readonly Remark[]>;
}

/** Makes a remark; without a hint there is nothing to do. */
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
