import type { HostClient } from '../../client/host-client.ts';
import { HostFailure } from '../../client/http/host-failure.ts';
import { pluginAt } from '../../model/shell-word.ts';
import { silencedRules, throwingRules } from '../rules/proof-by-rows.ts';
import { type RestartOutcome, restartRules } from '../rules/restart.ts';
import {
  restartSentence,
  troubleSentence,
  verdictSentence,
  whatHelps,
} from '../rules/rule-sentences.ts';
import type { RuleUse } from '../rules/rule-uses.ts';
import type { RuleVerdict } from '../rules/rule-verdict.ts';
import { type RuleWatch, watchRules } from '../rules/rule-watch.ts';
import { rulesInTrouble } from '../rules/trouble.ts';
import { type AppliedGroup, applyConfig, configLimits } from '../source-settings.ts';
import { mayHang, unprovenStart } from './answering.ts';
import type { After, ChangeRun } from './change.ts';
import { rulesDown, rulesSilent, rulesThrow } from './silence.ts';

const WATCH = 15_000;
/**
 * Milliseconds: twice the limit that eKuiper 1.x gives a plugin for its handshake (`portable.initTimeout`). After that
 * the plugin is registered once more.
 */
const FIRST_WATCH = 10_000;

/**
 * Reads the state of the rules before a change. Returns null when the rules cannot be read: the change goes on without
 * it.
 */
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
 * The steps after a plugin is registered: source configuration, restart of rules, and a check of the rules that use
 * it. `again` registers the plugin once more, null where that cannot help: on 1.x a rule without rows may only mean
 * that the update killed the process and did not start a new one (docs/ekuiper.md#killed-by-an-update). Throws
 * HostFailure `rules-down` when a restarted rule stays down, `rules-silent` when the rules show that the plugin is dead (see {@link silencedRules}), `rules-throw` when
 * it throws for every row (see {@link throwingRules}); every other failure becomes a note. Rows are checked after the requested restarts, because some rules receive rows only after a
 * restart.
 */
export async function afterChange(
  run: ChangeRun,
  again: (() => Promise<void>) | null,
): Promise<After> {
  const { client, watch, clock, watcher } = run;
  const { info, uses, name } = run.plan;
  const end = clock.now() + run.limit;
  const notes: string[] = [];
  const config: AppliedGroup[] = [];
  const apply = async (): Promise<void> => {
    config.push(...(await orNote(notes, [], () => applyConfig(client, run.config))));
    notes.push(...config.map(configSentence));
  };
  // A restart activates the new settings. Without a restart they are sent only after the plugin was verified.
  if (run.restartRules) await apply();
  const restart = async (): Promise<readonly RestartOutcome[]> => {
    if (!run.restartRules || uses.length === 0) return [];
    const onRule = (rule: string): void => watcher.waiting(`for rule ${rule} to restart`, 30_000);
    return restartRules(client, uses, { clock, plugin: name, onRule });
  };
  let restarted = await orNote(notes, [], restart);
  let verdicts = await orNote(notes, [], () => {
    return look(run, again === null ? WATCH : FIRST_WATCH);
  });
  if (again !== null && silencedRules(uses, verdicts, info).length > 0) {
    await again();
    restarted = await orNote(notes, [], restart);
    verdicts = await orNote(notes, [], () => look(run, WATCH));
  }
  // A process that is still at its start sends no rows, and eKuiper may say already that it runs.
  while (mayHang(run.plan) && !run.restartRules && clock.now() < end) {
    if (silencedRules(uses, verdicts, info).length === 0) break;
    verdicts = await orNote(notes, [], () => look(run, WATCH));
  }
  watcher.settled();
  const down = restarted.filter(({ state }) => state === 'failed' || state === 'unanswered');
  if (down.length > 0 && !run.allowSilence) throw rulesDown(run, down, config);
  const silent = silencedRules(uses, verdicts, info);
  const throwing = throwingRules(verdicts);
  if (throwing.length > 0 && !run.allowSilence) throw rulesThrow(run, throwing, config);
  if (silent.length > 0 && !run.allowSilence) throw rulesSilent(run, silent, config);
  if (!run.restartRules) await apply();
  const help = whatHelps(verdicts, info);
  const limits = configLimits(run.config);
  notes.push(...restarted.map((one) => restartSentence(one, info)), ...limits);
  notes.push(...verdicts.map(verdictSentence), ...(help === null ? [] : [help]));
  const unproven = unprovenStart(run.plan, watch?.rules ?? [], verdicts);
  if (unproven !== null) notes.push(unproven);
  return { config, restarted, verdicts, notes };
}

async function look(
  { watch, clock, watcher, watchFor = null }: ChangeRun,
  limit: number,
): Promise<readonly RuleVerdict[]> {
  if (watch === null || watch.rules.length === 0) return [];
  watcher.waiting(
    `for rows through ${watch.rules.join(', ')}`,
    Math.max(limit, watch.longest(watchFor)),
  );
  return watch.verdicts({ clock, limit, watch: watchFor });
}

/** The same for an unchanged package: does the requested restarts of rules and reports rules in trouble. */
export async function afterNothing(run: ChangeRun): Promise<After> {
  const { client, plan } = run;
  const after = await afterChange({ ...run, watch: null, config: [] }, null);
  return {
    ...after,
    notes: [...after.notes, ...(await troubleNotes(client, plan.name, plan.uses))],
  };
}

/** Describes what is wrong with the rules that use an unchanged plugin, and what to do. Never throws HostFailure. */
export async function troubleNotes(
  client: HostClient,
  plugin: string,
  uses: readonly RuleUse[],
): Promise<readonly string[]> {
  const notes: string[] = [];
  const troubles = await orNote(notes, [], () => rulesInTrouble(client, plugin, uses));
  const isSilent = troubles.some(({ state }) => state === 'silent');
  const help = `start it again: kplugin restart ${pluginAt(plugin, client.address.label)}`;
  return [...notes, ...troubles.map(troubleSentence), ...(isSilent ? [help] : [])];
}

async function orNote<T>(notes: string[], otherwise: T, work: () => Promise<T>): Promise<T> {
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
