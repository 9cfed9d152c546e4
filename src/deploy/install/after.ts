import type { HostInfo } from '../client/answers.ts';
import type { HostClient } from '../client/host-client.ts';
import { HostFailure } from '../client/host-failure.ts';
import type { Clock } from '../clock.ts';
import { type RestartOutcome, restartRules } from '../rules/restart.ts';
import type { RuleUse } from '../rules/use.ts';
import { restartSentence, verdictSentence, whatHelps } from '../rules/verdict-text.ts';
import { type RuleWatch, watchRules } from '../rules/watch.ts';
import type { RuleVerdict } from '../rules/watched.ts';
import { type AppliedGroup, applyConfig, type SourceChange } from '../source-config/apply.ts';
import type { InstallWatcher } from './watcher.ts';

/** What was done and seen around a change that went well. */
export interface After {
  /** Groups of source configuration that were put to the host. */
  readonly config: readonly AppliedGroup[];
  readonly restarted: readonly RestartOutcome[];
  /** How the rules are that ran before; empty where none uses it. */
  readonly verdicts: readonly RuleVerdict[];
  /** All of it in sentences. */
  readonly notes: readonly string[];
}

export interface AfterWishes {
  /** The plugin's name. */
  readonly plugin: string;
  readonly info: HostInfo;
  readonly uses: readonly RuleUse[];
  /** Empty unless they are to be put to the host. */
  readonly config: readonly SourceChange[];
  readonly restartRules: boolean;
}

interface AfterEffects {
  readonly clock: Clock;
  readonly watcher: InstallWatcher;
}

const WATCH = 15_000;

export const NOTHING_AFTER: After = { config: [], restarted: [], verdicts: [], notes: [] };

/** Looks at the rules before a change; null where they cannot be looked at, which is no reason not to change. */
export async function beforeChange(
  client: HostClient,
  uses: readonly RuleUse[],
): Promise<RuleWatch | null> {
  if (uses.length === 0) return null;
  return watchRules(client, uses).catch((thrown: unknown) => {
    if (thrown instanceof HostFailure) return null;
    throw thrown;
  });
}

/**
 * What follows a change that went well: configuration, restarts of rules, and a look at the rules that use it. The
 * change itself stays done whatever happens here: what fails is told in the notes.
 */
export async function afterChange(
  client: HostClient,
  watch: RuleWatch | null,
  wishes: AfterWishes,
  { clock, watcher }: AfterEffects,
): Promise<After> {
  const { info, uses } = wishes;
  const notes: string[] = [];
  const config = await told(notes, [], () => applyConfig(client, wishes.config));
  notes.push(...config.map(configSentence));
  const restarted = await told(notes, [], async () => {
    if (!wishes.restartRules || uses.length === 0) return [];
    const onRule = (rule: string): void => watcher.waiting(`for rule ${rule} to restart`, 30_000);
    return restartRules(client, uses, { clock, plugin: wishes.plugin, onRule });
  });
  notes.push(...restarted.map((one) => restartSentence(one, info)));
  const verdicts = await told(notes, [], async () => {
    if (watch === null || watch.rules.length === 0) return [];
    watcher.waiting(`for rows through ${watch.rules.join(', ')}`, WATCH);
    return watch.verdicts({ clock, limit: WATCH });
  });
  watcher.settled();
  const help = whatHelps(verdicts, info);
  notes.push(...verdicts.map(verdictSentence), ...(help === null ? [] : [help]));
  return { config, restarted, verdicts, notes };
}

async function told<T>(notes: string[], otherwise: T, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const isInterrupt = thrown instanceof Error && thrown.name === 'AbortError';
    if (!(thrown instanceof HostFailure) && !isInterrupt) throw thrown;
    notes.push(
      isInterrupt ? 'interrupted: its rules were not looked at to the end' : thrown.message,
    );
    return otherwise;
  }
}

function configSentence({ source, group, failure }: AppliedGroup): string {
  return failure === null
    ? `source ${source}: the new values of "${group}" are in use with the next start of its rules`
    : `source ${source}: the values of "${group}" were not taken: ${failure.message}`;
}
