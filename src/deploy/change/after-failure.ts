import { HostFailure } from '../../client/http/host-failure.ts';
import type { KpluginError } from '../../model/error.ts';
import { verdictSentence, whatHelps } from '../rules/rule-sentences.ts';
import type { RuleVerdict } from '../rules/rule-verdict.ts';
import type { FailedChangeFacts, Restored, Restoring } from './restore.ts';
import { versionOf } from './rollback-target.ts';

const STATES = ['arrived', 'untouched', 'back', 'removed', 'other', 'lost'] as const;

const WATCH = 15_000;

/** Milliseconds. After Ctrl-C the wait is short. */
const SHORT_WATCH = 6000;

/** The state of the rules after a rollback. */
export interface RulesAfter {
  readonly verdicts: readonly RuleVerdict[];
  /** The same as sentences. */
  readonly notes: readonly string[];
}

export const NO_RULES: RulesAfter = { verdicts: [], notes: [] };

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

/** What a host has after a failed change, as `--json` shows it. */
export interface AfterState {
  /**
   * Empty or the name of the zip when the plugin declares no version; null when the host has no such plugin, or when
   * that is not known.
   */
  readonly version: string | null;
  readonly state: (typeof STATES)[number];
  /** False when the host could not be asked. */
  readonly known: boolean;
}

/** Converts the outcome of a restore into its form for `--json`. */
export function afterState(
  restored: Restored,
  { plan }: Pick<FailedChangeFacts, 'plan'>,
): AfterState {
  const { state } = restored;
  switch (restored.state) {
    case 'arrived':
      return { version: plan.version, state, known: true };
    case 'untouched':
      return { version: restored.version, state, known: true };
    case 'back':
      return { version: versionOf(restored.step), state, known: true };
    case 'removed':
      return { version: null, state, known: true };
    case 'other':
      return { version: restored.now.plugin?.version ?? null, state, known: true };
    case 'lost':
      return {
        version: restored.now?.plugin?.version ?? null,
        state,
        known: restored.now !== null,
      };
  }
}

/** Returns the state of the host that an error carries in its data; null when it carries none. */
export function afterOf({ data }: KpluginError): AfterState | null {
  const after: unknown = data !== null && 'after' in data ? data.after : null;
  if (typeof after !== 'object' || after === null) return null;
  if (!('state' in after && 'version' in after && 'known' in after)) return null;
  const state = STATES.find((one) => one === after.state);
  const version = typeof after.version === 'string' ? after.version : null;
  return state === undefined ? null : { version, state, known: after.known === true };
}
