import { HostFailure } from '../../client/http/host-failure.ts';
import { verdictSentence, whatHelps } from '../rules/verdict-text.ts';
import type { RuleVerdict } from '../rules/watched.ts';
import type { Restored, Restoring } from './restore.ts';

/** The state of the rules after a rollback. */
export interface RulesAfter {
  readonly verdicts: readonly RuleVerdict[];
  /** The same as sentences. */
  readonly notes: readonly string[];
}

export const NO_RULES: RulesAfter = { verdicts: [], notes: [] };

const WATCH = 15_000;
/** Milliseconds. After Ctrl-C the wait is short. */
const SHORT_WATCH = 6000;

/**
 * Checks the rules that ran before a change, after its rollback. `watch`: made before the change; null when that was
 * not possible. Never throws HostFailure: what cannot be read becomes a note.
 */
export async function rulesAfter(
  restored: Restored,
  {
    plan,
    client,
    clock,
    watcher,
    cause,
    watch,
  }: Pick<Restoring, 'plan' | 'client' | 'clock' | 'watcher' | 'cause' | 'watch'>,
): Promise<RulesAfter> {
  const isBack = restored.state === 'back' || restored.state === 'untouched';
  if (!isBack || plan.uses.length === 0) return NO_RULES;
  const rules = plan.uses.map(({ rule }) => rule).join(', ');
  if (watch === null) return unseen(`${rules} could not be looked at before the change`);
  if (watch.rules.length === 0) return NO_RULES;
  const limit = cause === 'unwanted' ? SHORT_WATCH : WATCH;
  watcher.waiting(`for rows through ${watch.rules.join(', ')}`, limit);
  try {
    const verdicts = await watch.verdicts({ clock, limit, client });
    const help = whatHelps(verdicts, plan.info);
    return {
      verdicts,
      notes: [...verdicts.map(verdictSentence), ...(help === null ? [] : [help])],
    };
  } catch (thrown) {
    if (!(thrown instanceof HostFailure)) throw thrown;
    return unseen(thrown.message);
  } finally {
    watcher.settled();
  }
}

function unseen(why: string): RulesAfter {
  return { verdicts: [], notes: [`how its rules are now is not known: ${why}`] };
}
