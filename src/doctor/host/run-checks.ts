import { foreignWords, plainLine } from '../../client/http/text.ts';
import { durationText } from '../../model/duration.ts';
import { KpluginError } from '../../model/error.ts';
import { machineLimitIn } from '../../model/machine-limit.ts';
import { type Check, type Remark, remark } from './check.ts';

export interface CheckEffects {
  /** Resolves after the milliseconds, or at once when the signal aborts. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Called once, after two seconds, with the checks that are still running. */
  readonly waiting: (asks: readonly string[]) => void;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

const SILENT_MS = 2000;

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
