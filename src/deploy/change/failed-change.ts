import { HostFailure } from '../../client/http/host-failure.ts';
import { plainLine } from '../../client/http/text.ts';
import { EXIT, KpluginError, type KpluginErrorDetails, REPORT_IT } from '../../model/error.ts';
import { pluginAt } from '../../model/shell-word.ts';
import type { Health } from '../health/health.ts';
import { isSameRegistration } from '../record/record.ts';
import { uploadNameOf } from '../record/upload-name.ts';
import { afterState } from './after-state.ts';
import type { ChangeAct } from './change.ts';
import type { Now } from './now.ts';
import { isWell } from './register.ts';
import type { Restored, Told } from './restore.ts';
import { versionOf } from './rollback-target.ts';
import { NO_RULES, type RulesAfter } from './rules-after.ts';

/**
 * The failure of a change with both: the headline says what was tried and what runs now, `reason` has the host's words,
 * the cause and how the rollback failed, in this order. Exit 130 for an interrupt, 70 for a bug, else 3.
 */
export function failedChange(
  thrown: unknown,
  restored: Restored,
  told: Told,
  rules: RulesAfter = NO_RULES,
): KpluginError {
  const repair = repairOf(restored, told);
  const data = {
    tried: { version: told.plan.version, act: told.act },
    after: afterState(restored, told),
    rules: rules.verdicts,
    ...(thrown instanceof HostFailure ? { status: thrown.status, words: thrown.words } : {}),
  };
  const all = { notes: rules.notes, data, cause: thrown };
  const reasons = [
    ...(thrown instanceof HostFailure ? [thrown.message, thrown.reason] : []),
    ...rollbackReasons(restored, told),
  ].filter((part) => part !== null);
  const reason = reasons.length === 0 ? {} : { reason: reasons.join('\n') };
  const headline = (what: string): string => headlineOf(what, restored, told);
  const interrupted = (what: string, hint: string): KpluginError =>
    new KpluginError({
      ...{ ...all, ...reason, hint },
      code: 'interrupted',
      exit: EXIT.interrupted,
      message: headline(what),
    });
  if (told.cause === 'unwanted') {
    return interrupted(`interrupted while ${doing(told)}`, repair ?? 'run the same command again');
  }
  if (!(thrown instanceof HostFailure)) return bug(thrown, { ...all, ...reason }, headline, repair);
  const { kind, code, status, words } = thrown;
  const what = failed(told, restored.state !== 'lost');
  const hint = repair === null ? thrown.hint : `${repair}\n${thrown.hint}`;
  if (told.isInterrupted === true) return interrupted(`${what}, then interrupted`, hint);
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
function headlineOf(what: string, restored: Restored, told: Told): string {
  const now = nowText(restored, told);
  return restored.state === 'lost' ? `${now}; ${what}` : `${what}; ${now}`;
}

const FAILED: Record<ChangeAct, (what: string) => string> = {
  install: (what) => `${what} failed`,
  rollback: (what) => `the rollback to ${what} failed`,
  restart: (what) => `the restart of ${what} failed`,
};

/** Where what runs now comes first, that names the host already. */
function failed({ act, plan, client }: Told, withHost: boolean): string {
  const what = FAILED[act](called(plan.name, plan.version));
  return withHost ? `${what} on ${client.address.label}` : what;
}

const DOING: Record<ChangeAct, string> = {
  install: 'was installing',
  rollback: 'was going back to',
  restart: 'was restarting',
};

function doing({ act, plan, client }: Told): string {
  return `${client.address.label} ${DOING[act]} ${called(plan.name, plan.version)}`;
}

/** Each step of the rollback that did not work, with what the host said of it. */
function rollbackReasons(restored: Restored, { plan }: Told): string[] {
  if (restored.state !== 'lost' && restored.state !== 'back') return [];
  return restored.failures.flatMap(({ step, failure }) => [
    step === null
      ? `the rollback failed: ${failure.message}`
      : `the rollback to ${plan.name} ${versionOf(step)} failed: ${failure.message}`,
    ...(failure.reason === null ? [] : [failure.reason]),
  ]);
}

/** The command that fixes what could not be restored; null when nothing has to be fixed. */
function repairOf(restored: Restored, { client, plan }: Told): string | null {
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
function nowText(restored: Restored, told: Told): string {
  const { client, plan } = told;
  const host = client.address.label;
  const { name } = plan;
  switch (restored.state) {
    case 'arrived':
      return `${called(name, plan.version)} ${runs(restored.health, '')}`;
    case 'untouched':
      return `${called(name, restored.version)} ${runs(restored.health, ' as before')}${duplicate(restored.version, told)}`;
    case 'back':
      return backText(restored, told);
    case 'removed':
      return `${restored.undone ? 'it was removed again: ' : ''}${host} has no ${name}, as before`;
    case 'other':
      return `somebody else ${restored.now.plugin === null ? 'removed' : 'installed'} it meanwhile: ${host} has ${registered(restored.now, name)}`;
    case 'lost':
      return lostText(restored.now, told);
  }
}

function backText({ step, health, failures }: Back, told: Told): string {
  const { name, present } = told.plan;
  const version = versionOf(step);
  const what = called(name, version);
  const before = present?.registration ?? null;
  if (present === null || isSameRegistration(before, step.registration)) {
    return `${what} ${runs(health, ' again')}${duplicate(version, told)}`;
  }
  const instead = called(name, present.plugin.version);
  // What did not run before, or was only half put there by a run that was interrupted, is not tried first.
  if (failures.length > 0) return `${what} ${runs(health, ` now, NOT ${instead} as before`)}`;
  const { state } = present.health;
  const was = state === 'unknown' ? 'nobody had seen running' : `was ${state}`;
  return `${what} ${runs(health, ` in the place of ${instead}, which ${was}`)}`;
}

function lostText(now: Now | null, { client, plan }: Told): string {
  const host = client.address.label;
  const { name, present, rollback } = plan;
  if (now === null) return `what ${host} has of ${name} now is NOT known: it does not answer`;
  const what =
    present === null && rollback.steps.length === 0
      ? 'what failed could NOT be removed again'
      : 'what ran before could NOT be put back';
  return `${what}: ${host} has ${registered(now, name)} now`;
}

/** Where just that version failed as well, it is told which package of it runs. */
function duplicate(version: string, { plan, act }: Told): string {
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

function registered({ plugin, registration }: Now, name: string): string {
  if (plugin === null) return `no ${name}`;
  const from = registration === null ? '' : ` from ${plainLine(uploadNameOf(registration.file))}`;
  return `${called(name, plugin.version)}${from}`;
}

/** `pysam 1.0.0`, or `pysam` where it has no version. */
function called(name: string, version: string): string {
  return version === '' ? name : `${name} ${version}`;
}
