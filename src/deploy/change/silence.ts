import type { HostInfo } from '../../client/answers.ts';
import { HostFailure } from '../../client/http/host-failure.ts';
import { has } from '../../model/behaviours.ts';
import { shellWord } from '../../model/shell-word.ts';
import { silencedRules } from '../rules/proof-by-rows.ts';
import { type RestartOutcome, restartRules } from '../rules/restart.ts';
import { restartSentence } from '../rules/rule-sentences.ts';
import type { RuleVerdict } from '../rules/rule-verdict.ts';
import { type RuleWatch, showsLife } from '../rules/rule-watch.ts';
import type { AppliedGroup } from '../source-settings.ts';
import type { ChangeAct, ChangeEffects, ChangeRun } from './change.ts';
import type { InstallPlan } from './plan.ts';
import { replace } from './register.ts';
import type { Restored } from './restore.ts';

/** The error codes of {@link rulesSilent}, {@link rulesThrow} and {@link rulesDown}. */
const [RULES_SILENT, RULES_THROW, RULES_DOWN] = [
  'rules-silent',
  'rules-throw',
  'rules-down',
] as const;

const LOOK = 5000;

/**
 * Finds the rules that receive rows right before a change. When that cannot be seen, a rule without rows proves
 * nothing afterwards.
 */
export async function rightBefore(
  watch: RuleWatch,
  { uses, present, record }: InstallPlan,
  { clock, watcher }: Pick<ChangeEffects, 'clock' | 'watcher'>,
): Promise<void> {
  const isDown = present === null || ['dead', 'stopped'].includes(present.health.state);
  const interrupted = record?.pending?.time ?? null;
  const judged = uses.filter(showsLife).map(({ rule }) => rule);
  if ((isDown && interrupted === null) || judged.length === 0) return;
  watcher.waiting(`to see whether rows come through ${judged.join(', ')} now`, LOOK);
  try {
    await watch.receiving({ clock, interrupted });
  } catch (thrown) {
    if (!(thrown instanceof HostFailure)) throw thrown;
  } finally {
    watcher.settled();
  }
}

/**
 * Restarts rules again after a rollback, when they were restarted for the failed version: a rule that was restarted
 * while its plugin was dead waits forever or has stopped (seen on 1.14.7).
 */
export async function restartedAgain(
  failure: unknown,
  { plan, restartRules: isAsked, watch, recovery, recoveryClock, watcher }: ChangeRun,
): Promise<void> {
  if (!isOfRules(failure) || !isAsked || !watch) return;
  const onRule = (rule: string): void => watcher.waiting(`for rule ${rule} to restart`, 30_000);
  try {
    await restartRules(
      recovery,
      watch.rules.map((rule) => ({ rule })),
      { clock: recoveryClock, plugin: plan.name, onRule, evenStopped: true },
    );
  } catch (thrown) {
    if (!(thrown instanceof HostFailure)) throw thrown;
  } finally {
    watcher.settled();
  }
}

/** Whether a change failed because of what its rules showed. */
function isOfRules(thrown: unknown): boolean {
  const codes: readonly string[] = [RULES_SILENT, RULES_THROW, RULES_DOWN];
  return thrown instanceof HostFailure && codes.includes(thrown.code);
}

/**
 * Registers the restored version once more when its rules receive no rows: on 1.x that starts a process that the
 * rollback may have killed (docs/ekuiper.md#killed-by-an-update). Resolves to whether it was registered again; never
 * throws HostFailure.
 */
export async function reregistered(
  restored: Restored,
  verdicts: readonly RuleVerdict[],
  { plan: { info, uses }, recovery, recoveryClock, watcher, limit }: ChangeRun,
): Promise<boolean> {
  if (restored.state !== 'back' || has(info.version, 'reports-status')) return false;
  if (silencedRules(uses, verdicts, info).length === 0) return false;
  const { registration } = restored.step;
  watcher.waiting(`for eKuiper to unpack ${registration.name} once more (no rows came)`, limit);
  try {
    await replace({ client: recovery, registration, limit, clock: recoveryClock });
    return true;
  } catch (thrown) {
    if (!(thrown instanceof HostFailure)) throw thrown;
    return false;
  } finally {
    watcher.settled();
  }
}

/** Builds the error of a change after which rules receive no rows, although they did right before it. */
export function rulesSilent(
  { client, plan: { name, info }, act, restartRules }: ChangeRun,
  silent: readonly RuleVerdict[],
  config: readonly AppliedGroup[],
): HostFailure {
  const host = client.address.label;
  return new HostFailure({
    kind: 'refused',
    code: RULES_SILENT,
    message: `no row has come through ${ruleNames(silent)} on ${host} since ${name} was registered, though rows came right before`,
    reason: [
      ...silent.flatMap(({ rule, state, words }) =>
        state === 'fails' ? [`rule ${rule} fails: ${words.split('\n')[0] ?? ''}`] : [],
      ),
      evidence(info),
      ...(restartRules
        ? []
        : [
            'some rules have to be restarted after an update: --restart-rules does so before they are looked at',
          ]),
      ...settingsThatStay(config, host),
    ].join('\n'),
    hint: `see what it prints when it starts: kplugin serve, then install it there; eKuiper writes it to its own log only\n(where it is meant to be silent: ${keepText(act)})`,
  });
}

/** Builds the error of a change after which every row of rules that received rows before ends in an exception. */
export function rulesThrow(
  { client, plan: { name }, act }: ChangeRun,
  throwing: readonly RuleVerdict[],
  config: readonly AppliedGroup[],
): HostFailure {
  const host = client.address.label;
  return new HostFailure({
    kind: 'refused',
    code: RULES_THROW,
    message: `every row of ${ruleNames(throwing)} ends in an exception on ${host} since ${name} was registered, though rows came right before`,
    reason: [
      ...throwing.map(({ rule, words }) => `rule ${rule}: ${words}`),
      ...settingsThatStay(config, host),
    ].join('\n'),
    hint: `call it here with such a row: kplugin test\n(where it is meant to throw: ${keepText(act)})`,
  });
}

/** Builds the error of a change after which restarted rules stay down. */
export function rulesDown(
  { client, plan: { info }, act }: ChangeRun,
  down: readonly RestartOutcome[],
  config: readonly AppliedGroup[],
): HostFailure {
  const host = client.address.label;
  return new HostFailure({
    kind: 'refused',
    code: RULES_DOWN,
    message: `${ruleNames(down)} on ${host} did not come up after the restart`,
    reason: [
      ...down.map((outcome) => restartSentence(outcome, info)),
      ...settingsThatStay(config, host),
    ].join('\n'),
    hint: `see the rule: kplugin doctor --host ${shellWord(host)}\n(where it may stay down: ${keepText(act)})`,
  });
}

function settingsThatStay(config: readonly AppliedGroup[], host: string): readonly string[] {
  return config
    .filter(({ failure }) => failure === null)
    .map(
      ({ source, group }) =>
        `source ${source}: the new values of "${group}" stay on ${host} until eKuiper restarts`,
    );
}

function ruleNames(silent: readonly Pick<RuleVerdict, 'rule'>[]): string {
  return `${silent.length === 1 ? 'rule' : 'rules'} ${silent.map(({ rule }) => rule).join(', ')}`;
}

function evidence({ version }: HostInfo): string {
  return has(version, 'reports-status')
    ? `eKuiper ${version} calls a plugin running that has ended with exit code 0, or whose source does nothing: rows are what shows that it works`
    : `eKuiper ${version} does not tell whether a plugin runs: rows are the only sign of it`;
}

function keepText(act: ChangeAct): string {
  return act === 'install' ? 'the same with --allow-silence' : 'stop those rules first';
}
