import type { HostClient } from '../../client/host-client.ts';
import { HostFailure } from '../../client/http/host-failure.ts';
import { pluginAt } from '../../model/shell-word.ts';
import { silencedRules } from '../rules/judge.ts';
import { type RestartOutcome, restartRules } from '../rules/restart.ts';
import { rulesInTrouble } from '../rules/trouble.ts';
import type { RuleUse } from '../rules/use.ts';
import { troubleSentence } from '../rules/use-text.ts';
import { restartSentence, verdictSentence, whatHelps } from '../rules/verdict-text.ts';
import { type RuleWatch, watchRules } from '../rules/watch.ts';
import type { RuleVerdict } from '../rules/watched.ts';
import { type AppliedGroup, applyConfig, configLimits } from '../source-config/apply.ts';
import type { After, ChangeRun } from './change.ts';
import { rulesSilent } from './silence.ts';

const WATCH = 15_000;
/** Twice what eKuiper 1.x gives a plugin to report back (`portable.initTimeout`); then it is registered once more. */
const FIRST_WATCH = 10_000;

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
 * What belongs to a change once the plugin is there: configuration, restarts of rules, and a look at the rules that use
 * it. `again` registers it once more: on 1.x a silent rule may only mean that the update killed and did not start
 * (docs/ekuiper.md#killed-by-an-update), and then that starts it; null where it is no use. Throws HostFailure
 * `rules-silent` where the rules show that it is dead (see {@link silencedRules}); everything else that fails here is
 * told in the notes. Rows are looked for after the restarts that were asked for: some come back by that.
 */
export async function afterChange(
  run: ChangeRun,
  again: (() => Promise<void>) | null,
): Promise<After> {
  const { client, watch, clock, watcher } = run;
  const { info, uses, name } = run.plan;
  const notes: string[] = [];
  const config: AppliedGroup[] = [];
  const apply = async (): Promise<void> => {
    config.push(...(await told(notes, [], () => applyConfig(client, run.config))));
    notes.push(...config.map(configSentence));
  };
  // A restart puts the settings into use; without one they wait until the plugin is known to be good.
  if (run.restartRules) await apply();
  const restart = async (): Promise<readonly RestartOutcome[]> => {
    if (!run.restartRules || uses.length === 0) return [];
    const onRule = (rule: string): void => watcher.waiting(`for rule ${rule} to restart`, 30_000);
    return restartRules(client, uses, { clock, plugin: name, onRule });
  };
  let restarted = await told(notes, [], restart);
  let verdicts = await told(notes, [], () => {
    return look(watch, again === null ? WATCH : FIRST_WATCH, { clock, watcher });
  });
  if (again !== null && silencedRules(uses, verdicts, info).length > 0) {
    await again();
    restarted = await told(notes, [], restart);
    verdicts = await told(notes, [], () => look(watch, WATCH, { clock, watcher }));
  }
  watcher.settled();
  const silent = silencedRules(uses, verdicts, info);
  if (silent.length > 0 && !run.allowSilence) throw rulesSilent(run, silent, config);
  if (!run.restartRules) await apply();
  const help = whatHelps(verdicts, info);
  const limits = configLimits(run.config);
  notes.push(...restarted.map((one) => restartSentence(one, info)), ...limits);
  notes.push(...verdicts.map(verdictSentence), ...(help === null ? [] : [help]));
  return { config, restarted, verdicts, notes };
}

async function look(
  watch: RuleWatch | null,
  limit: number,
  { clock, watcher }: Pick<ChangeRun, 'clock' | 'watcher'>,
): Promise<readonly RuleVerdict[]> {
  if (watch === null || watch.rules.length === 0) return [];
  watcher.waiting(`for rows through ${watch.rules.join(', ')}`, limit);
  return watch.verdicts({ clock, limit });
}

/** The same where the content stays: the restarts that were asked for, and rules that are in trouble all the same. */
export async function afterNothing(run: ChangeRun): Promise<After> {
  const { client, plan } = run;
  const after = await afterChange({ ...run, watch: null, config: [] }, null);
  return {
    ...after,
    notes: [...after.notes, ...(await troubleNotes(client, plan.name, plan.uses))],
  };
}

/** What is wrong with the rules that use a plugin as it is, and what helps. Throws nothing of the host. */
export async function troubleNotes(
  client: HostClient,
  plugin: string,
  uses: readonly RuleUse[],
): Promise<readonly string[]> {
  const notes: string[] = [];
  const troubles = await told(notes, [], () => rulesInTrouble(client, plugin, uses));
  const isSilent = troubles.some(({ state }) => state === 'silent');
  const help = `start it again: kplugin restart ${pluginAt(plugin, client.address.label)}`;
  return [...notes, ...troubles.map(troubleSentence), ...(isSilent ? [help] : [])];
}

async function told<T>(notes: string[], otherwise: T, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof HostFailure)) throw thrown;
    notes.push(thrown.message);
    return otherwise;
  }
}

function configSentence({ source, group, failure }: AppliedGroup): string {
  return failure === null
    ? `source ${source}: the new values of "${group}" are in use with the next start of its rules`
    : `source ${source}: the values of "${group}" were not taken: ${failure.message}`;
}
