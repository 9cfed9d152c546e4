import { plainLine } from '../../client/http/foreign-text.ts';
import { HostFailure } from '../../client/http/host-failure.ts';
import { EXIT, KpluginError, type KpluginErrorDetails, REPORT_IT } from '../../model/error.ts';
import { pluginAt } from '../../model/shell-word.ts';
import type { Health } from '../health.ts';
import { isSameRegistration } from '../record/host-record.ts';
import { uploadNameOf } from '../record/upload-name.ts';
import { afterState, NO_RULES, type RulesAfter } from './after-failure.ts';
import type { ChangeAct } from './change.ts';
import { isWell } from './register.ts';
import type { FailedChangeFacts, Restored } from './restore.ts';
import { versionOf } from './rollback-target.ts';
import type { CurrentState } from './settle.ts';

/**
 * Builds the error of a failed change. The message says what failed and what runs now; `reason` has eKuiper's error
 * text, the cause, and why the rollback failed, in this order. Exit 130 for an interrupt, 70 for a bug, else 3.
 */
export function failedChange(
  thrown: unknown,
  restored: Restored,
  facts: FailedChangeFacts,
  rules: RulesAfter = NO_RULES,
): KpluginError {
  const repair = repairOf(restored, facts);
  const data = {
    tried: { version: facts.plan.version, act: facts.act },
    after: afterState(restored, facts),
    rules: rules.verdicts,
    ...(thrown instanceof HostFailure ? { status: thrown.status, words: thrown.words } : {}),
  };
  const all = { notes: rules.notes, data, cause: thrown };
  const reasons = [
    ...(thrown instanceof HostFailure ? [thrown.message, thrown.reason] : []),
    ...rollbackReasons(restored, facts),
  ].filter((part) => part !== null);
  const reason = reasons.length === 0 ? {} : { reason: reasons.join('\n') };
  const headline = (what: string): string => headlineOf(what, restored, facts);
  const interrupted = (what: string, hint: string): KpluginError =>
    new KpluginError({
      ...{ ...all, ...reason, hint },
      code: 'interrupted',
      exit: EXIT.interrupted,
      message: headline(what),
    });
  if (facts.cause === 'unwanted') {
    return interrupted(`interrupted while ${doing(facts)}`, repair ?? 'run the same command again');
  }
  if (!(thrown instanceof HostFailure)) return bug(thrown, { ...all, ...reason }, headline, repair);
  const { kind, code, status, words } = thrown;
  const what = failed(facts, restored.state !== 'lost');
  const hint = repair === null ? thrown.hint : `${repair}\n${thrown.hint}`;
  if (facts.isInterrupted === true) return interrupted(`${what}, then interrupted`, hint);
  return new HostFailure({
    ...all,
    ...reason,
    kind,
    code,
    status,
    words,
    message: headline(what),
    hint,
  });
}

function bug(
  thrown: unknown,
  more: Partial<KpluginErrorDetails>,
  headline: (what: string) => string,
  repair: string | null,
): KpluginError {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new KpluginError({
    ...more,
    code: 'bug',
    exit: EXIT.bug,
    message: headline(`kplugin failed unexpectedly: ${message}`),
    hint: repair ?? REPORT_IT,
    cause: thrown,
  });
}

/** What could not be restored comes first. */
function headlineOf(what: string, restored: Restored, facts: FailedChangeFacts): string {
  const now = nowText(restored, facts);
  return restored.state === 'lost' ? `${now}; ${what}` : `${what}; ${now}`;
}

const FAILED: Record<ChangeAct, (what: string) => string> = {
  install: (what) => `${what} failed`,
  rollback: (what) => `the rollback to ${what} failed`,
  restart: (what) => `the restart of ${what} failed`,
};

/** `withHost` adds the name of the host, which is left out when the text about the current state has it already. */
function failed({ act, plan, client }: FailedChangeFacts, withHost: boolean): string {
  const what = FAILED[act](called(plan.name, plan.version));
  return withHost ? `${what} on ${client.address.label}` : what;
}

const DOING: Record<ChangeAct, string> = {
  install: 'was installing',
  rollback: 'was going back to',
  restart: 'was restarting',
};

function doing({ act, plan, client }: FailedChangeFacts): string {
  return `${client.address.label} ${DOING[act]} ${called(plan.name, plan.version)}`;
}

/** Each failed step of the rollback with eKuiper's error text. */
function rollbackReasons(restored: Restored, { plan }: FailedChangeFacts): string[] {
  if (restored.state !== 'lost' && restored.state !== 'back') return [];
  return restored.failures.flatMap(({ step, failure }) => [
    step === null
      ? `the rollback failed: ${failure.message}`
      : `the rollback to ${plan.name} ${versionOf(step)} failed: ${failure.message}`,
    ...(failure.reason === null ? [] : [failure.reason]),
  ]);
}

/** The command that repairs what could not be restored; null when no repair is needed. */
function repairOf(restored: Restored, { client, plan }: FailedChangeFacts): string | null {
  if (restored.state !== 'lost') return null;
  const host = client.address.label;
  const fix =
    plan.present === null && plan.rollback.steps.length === 0
      ? `kplugin remove ${pluginAt(plan.name, host)}`
      : `kplugin rollback ${pluginAt(plan.name, host)}`;
  if (restored.now !== null) return fix;
  return `see what it has once it answers: kplugin describe ${pluginAt(plan.name, host)}\nthen, if need be: ${fix}`;
}

type Back = Extract<Restored, { readonly state: 'back' }>;

/** What runs after a failed change, as a clause: `pysam 1.0.0 runs again`, `edge1:9081 has no pysam, as before`. */
function nowText(restored: Restored, facts: FailedChangeFacts): string {
  const { client, plan } = facts;
  const host = client.address.label;
  const { name } = plan;
  switch (restored.state) {
    case 'arrived':
      return `${called(name, plan.version)} ${runs(restored.health, '')}`;
    case 'untouched':
      return `${called(name, restored.version)} ${runs(restored.health, ' as before')}${duplicate(restored.version, facts)}`;
    case 'back':
      return backText(restored, facts);
    case 'removed':
      return `${restored.undone ? 'it was removed again: ' : ''}${host} has no ${name}, as before`;
    case 'other':
      return `somebody else ${restored.now.plugin === null ? 'removed' : 'installed'} it meanwhile: ${host} has ${registered(restored.now, name)}`;
    case 'lost':
      return lostText(restored.now, facts);
  }
}

function backText({ step, health, failures }: Back, facts: FailedChangeFacts): string {
  const { name, present } = facts.plan;
  const version = versionOf(step);
  const what = called(name, version);
  const before = present?.registration ?? null;
  if (present === null || isSameRegistration(before, step.registration)) {
    return `${what} ${runs(health, ' again')}${duplicate(version, facts)}`;
  }
  const instead = called(name, present.plugin.version);
  // What did not run before, or was installed by an interrupted run, is not tried first.
  if (failures.length > 0) return `${what} ${runs(health, ` now, NOT ${instead} as before`)}`;
  const { state } = present.health;
  const was = state === 'unknown' ? 'nobody had seen running' : `was ${state}`;
  return `${what} ${runs(health, ` instead of ${instead}, which ${was}`)}`;
}

function lostText(now: CurrentState | null, { client, plan }: FailedChangeFacts): string {
  const host = client.address.label;
  const { name, present, rollback } = plan;
  if (now === null) return `what ${host} has of ${name} now is NOT known: it does not answer`;
  const what =
    present === null && rollback.steps.length === 0
      ? 'what failed could NOT be removed again'
      : 'what ran before could NOT be put back';
  return `${what}: ${host} has ${registered(now, name)} now`;
}

/** When the failed package has the same version as the running one: says that the earlier package runs. */
function duplicate(version: string, { plan, act }: FailedChangeFacts): string {
  const { present, uploadName } = plan;
  if (act !== 'install' || version !== plan.version || !present?.registration) return '';
  return uploadNameOf(present.registration.file) === uploadName ? '' : ': the package from before';
}

function runs(health: Health, how: string): string {
  if (!isWell(health)) return `is ${health.state}${how}`;
  return health.state === 'unknown'
    ? `is registered${how} (this eKuiper does not tell whether it runs)`
    : `runs${how}`;
}

function registered({ plugin, registration }: CurrentState, name: string): string {
  if (plugin === null) return `no ${name}`;
  const from = registration === null ? '' : ` from ${plainLine(uploadNameOf(registration.file))}`;
  return `${called(name, plugin.version)}${from}`;
}

/** `pysam 1.0.0`, or `pysam` without a version. */
function called(name: string, version: string): string {
  return version === '' ? name : `${name} ${version}`;
}
