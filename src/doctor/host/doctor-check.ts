import { foreignWords, plainLine } from '../../client/http/foreign-text.ts';
import { durationText } from '../../model/duration.ts';
import { EXIT, type ExitCode, KpluginError } from '../../model/error.ts';
import type { RemarkId } from '../../model/error-catalogue.ts';
import { machineLimitIn } from '../../model/machine-limit.ts';

/** Milliseconds without output before the user learns what doctor waits for. */
const SILENT_MS = 2000;

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

/** One check of doctor. Checks are independent; a new one becomes an entry in a list of examine.ts. */
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

export interface CheckEffects {
  /** Resolves after the milliseconds, or at once when the signal aborts. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Called once, after two seconds, with the checks that are still running. */
  readonly waiting: (asks: readonly string[]) => void;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/**
 * Runs all checks at the same time, each for at most `limit` milliseconds; the remarks are in the order of the list. A
 * check that fails or hangs becomes one remark and does not delay the others. Throws only the signal's reason.
 */
export async function runChecks<S>(
  checks: readonly Check<S>[],
  subject: S,
  limit: number,
  effects: CheckEffects,
): Promise<readonly Remark[]> {
  const over = new AbortController();
  const pending = new Set(checks.map(({ asks }) => asks));
  const notice = effects.pause(SILENT_MS, over.signal).then(() => {
    if (!over.signal.aborted && pending.size > 0) effects.waiting([...pending]);
  });
  try {
    const all = checks.map(async (check) => {
      const remarks = await withinLimit(check, subject, limit, effects);
      pending.delete(check.asks);
      return remarks;
    });
    return (await Promise.all(all)).flat();
  } finally {
    over.abort();
    await notice;
  }
}

async function withinLimit<S>(
  check: Check<S>,
  subject: S,
  limit: number,
  { pause, signal }: CheckEffects,
): Promise<readonly Remark[]> {
  const answered = new AbortController();
  const late = pause(limit, AbortSignal.any([answered.signal, signal])).then(() =>
    tooLate(check, limit),
  );
  try {
    const remarks = await Promise.race([looked(check, subject), late]);
    signal.throwIfAborted();
    return remarks;
  } finally {
    answered.abort();
  }
}

async function looked<S>(check: Check<S>, subject: S): Promise<readonly Remark[]> {
  try {
    return await check.look(subject);
  } catch (thrown) {
    return [failed(check, thrown)];
  }
}

function tooLate({ id, asks }: Check<never>, limit: number): readonly Remark[] {
  const text = `${asks}: no answer within ${durationText(limit)}`;
  return [remark(id, 'warning', text, 'ask again, and wait longer: --timeout 60s')];
}

/** The remark of a failed check: a known error with its hint, anything else as a bug of kplugin. */
function failed({ id, asks }: Check<never>, thrown: unknown): Remark {
  const known = thrown instanceof KpluginError ? thrown : machineLimitIn(thrown);
  if (known !== null) {
    return remark(id, 'warning', `${asks}: ${plainLine(known.message)}`, known.hint);
  }
  const words = thrown instanceof Error ? thrown.message : String(thrown);
  const text = `${asks}: kplugin could not find out (${foreignWords(words)})`;
  return remark(id, 'warning', text, 'this is a bug in kplugin: send it this line');
}

type Part = 'machine' | 'project' | 'host';

export interface Section {
  readonly part: Part;
  /** `This machine`, `The plugin in .`, `Host edge1:9081`. */
  readonly title: string;
  readonly remarks: readonly Remark[];
}

/**
 * The part that determines the exit code, first match first: a host was named on purpose, and this machine is the last
 * thing that a user can replace.
 */
const BLAME: readonly (readonly [Part, ExitCode])[] = [
  ['host', EXIT.host],
  ['project', EXIT.findings],
  ['machine', EXIT.usage],
];

/** Counts the remarks of each level. */
export function countLevels(sections: readonly Section[]): Readonly<Record<Level, number>> {
  const counts = { ok: 0, warning: 0, error: 0, skipped: 0 };
  for (const { remarks } of sections) {
    for (const { level } of remarks) counts[level] += 1;
  }
  return counts;
}

/** The error of the command; null without an error. Its exit code depends on the part with the error. */
export function diagnosisError(sections: readonly Section[]): KpluginError | null {
  for (const [part, exit] of BLAME) {
    const ill = sections.find((section) => section.part === part);
    const first = ill?.remarks.find(({ level }) => level === 'error');
    if (first === undefined) continue;
    return new KpluginError({
      code: `doctor-${part}`,
      exit,
      message: first.text,
      hint: first.hint ?? 'correct it, then run the same command again',
    });
  }
  return null;
}
