import type { Registration } from '../../client/answers.ts';
import type { Clock } from '../../client/clock.ts';
import type { HostClient } from '../../client/host-client.ts';
import { has } from '../../model/behaviours.ts';
import { beforeChange } from '../change/after.ts';
import { carryOut } from '../change/carry-out.ts';
import type { Applied, ChangeEffects } from '../change/change.ts';
import { NOTHING_AFTER } from '../change/change.ts';
import { asked } from '../change/failed.ts';
import { type InstallPlan, planInstall } from '../change/plan.ts';
import { isDown } from '../health/health.ts';
import { interruptedNotes } from '../install/notes.ts';
import { isSameRegistration } from '../record/record.ts';
import { uploadNameOf } from '../record/upload-name.ts';

/** A version that lies on the host, to be registered again. */
export interface Again {
  readonly registration: Registration;
  /** Empty when it is not known. */
  readonly version: string;
  /** Of its content, hex; empty when it is not known. */
  readonly digest: string;
  /** What the operator calls it. */
  readonly act: 'rollback' | 'restart';
}

/** What registering a version again will do. */
export interface AgainPlan {
  readonly target: Again;
  readonly plan: InstallPlan;
  /** What it does beside what was asked for; to be said before it is done. */
  readonly warned: readonly string[];
}

export interface RegisteredAgain extends Applied {
  readonly plan: InstallPlan;
}

/** Reads what a host has and says what registering a version again will do; changes nothing. Throws HostFailure. */
export async function planAgain(
  client: HostClient,
  name: string,
  target: Again,
  clock?: Clock,
): Promise<AgainPlan> {
  const { registration, version } = target;
  const wanted = {
    plugin: { name, version, symbols: null },
    uploadName: uploadNameOf(registration.file),
    shellParas: registration.shellParas,
    reinstall: true,
  };
  const planned = await asked(planInstall(client, wanted, clock), client);
  const plan = { ...planned, uploaded: registration.file };
  const isSame = isSameRegistration(registration, plan.present?.registration ?? null);
  return {
    target,
    plan,
    warned: [
      ...interruptedNotes(plan),
      ...unknownRules(plan),
      ...(isSame ? lostIfRefused(plan) : keptValues(plan)),
    ],
  };
}

/** Whether what runs now might not come back after a failure. A plugin that is down, registered as it is, loses nothing. */
export function risksWhatRuns({ plan, target }: Pick<AgainPlan, 'plan' | 'target'>): boolean {
  if (plan.rollback.state !== 'unsure') return false;
  const isSame = isSameRegistration(target.registration, plan.present?.registration ?? null);
  return !(isSame && plan.present !== null && isDown(plan.present.health));
}

function lostIfRefused({ rollback, present, name }: InstallPlan): string[] {
  if (rollback.state !== 'unsure' || present === null || !isDown(present.health)) return [];
  return [
    `if eKuiper does not find its package, ${name} is no longer registered: ${rollback.reason ?? ''}`,
  ];
}

/** Whether it is what the host has and runs now. */
export function runsAlready({ target, plan }: Pick<AgainPlan, 'target' | 'plan'>): boolean {
  const { present } = plan;
  if (present === null || !isSameRegistration(target.registration, present.registration)) {
    return false;
  }
  return present.health.state === 'running' || present.health.state === 'unknown';
}

/** What it comes to where the host {@link runsAlready} what was asked for; null where there is something to do. */
export function settledAgain(planned: AgainPlan): RegisteredAgain | null {
  const { plan } = planned;
  if (!runsAlready(planned) || plan.present === null) return null;
  const untouched = { registration: null, answerLost: false, attempts: 0, pruned: [] };
  return { ...untouched, plan, health: plan.present.health, after: NOTHING_AFTER };
}

/** The symbols of a plugin that is gone are known again once it is there. */
function unknownRules({ present, rulesKnown, name }: InstallPlan): string[] {
  if (present !== null || !rulesKnown) return [];
  return [`${name} is not there, so the rules that use it are known afterwards: see its status`];
}

/** Source: docs/ekuiper.md#source-yaml-after-an-update. What the older version brings is not known here. */
function keptValues({ info, present, version }: InstallPlan): string[] {
  const sources = has(info.version, 'reports-status') ? (present?.plugin.sources ?? []) : [];
  return sources.map(
    (source) =>
      `if sources/${source}.yaml is another in ${version || 'that version'}: eKuiper 2.x keeps the values it has until it restarts`,
  );
}

/** Registers a version that lies on the host, as a change of its own. Throws as {@link carryOut}. */
export async function registerAgain(
  client: HostClient,
  { plan, target }: AgainPlan,
  effects: ChangeEffects,
): Promise<RegisteredAgain> {
  const { digest, act } = target;
  const watch = await asked(beforeChange(client, plan.uses), client);
  const change = {
    act,
    plan,
    upload: null,
    digest,
    symbols: null,
    hasScript: false,
    watch,
    config: [],
    restartRules: false,
    allowSilence: false,
  };
  return { ...(await carryOut(client, change, effects)), plan };
}
