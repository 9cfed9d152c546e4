import type { Registration } from '../../client/answers.ts';
import type { Clock } from '../../client/clock.ts';
import type { HostClient } from '../../client/host-client.ts';
import { has } from '../../model/behaviours.ts';
import { beforeChange } from '../change/after.ts';
import { carryOut } from '../change/carry-out.ts';
import { type Applied, type ChangeEffects, NOTHING_AFTER } from '../change/change.ts';
import { asked } from '../change/failed.ts';
import { type InstallPlan, planInstall } from '../change/plan.ts';
import { isDown } from '../health.ts';
import { interruptedNotes } from '../install/notes.ts';
import { isSameRegistration } from '../record/host-record.ts';
import { uploadNameOf } from '../record/upload-name.ts';

/** A version on the host that is to be registered again. */
interface RedeployTarget {
  readonly registration: Registration;
  /** Empty when it is not known. */
  readonly version: string;
  /** Digest of its content, hex; empty when it is not known. */
  readonly digest: string;
  /** The operation that the user started. */
  readonly act: 'rollback' | 'restart';
}

/** What registering a version again will do. */
export interface RedeployPlan {
  readonly target: RedeployTarget;
  readonly plan: InstallPlan;
  /** Warnings to show before it is done. */
  readonly warned: readonly string[];
}

export interface Redeployed extends Applied {
  readonly plan: InstallPlan;
}

/** Reads a host and plans the registration of a version that it has; changes nothing. Throws HostFailure. */
export async function planRedeploy(
  client: HostClient,
  name: string,
  target: RedeployTarget,
  clock?: Clock,
): Promise<RedeployPlan> {
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

/**
 * Whether what runs now might be lost after a failure. A plugin that is down and is registered unchanged loses
 * nothing.
 */
export function risksWhatRuns({ plan, target }: Pick<RedeployPlan, 'plan' | 'target'>): boolean {
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

/** Whether the host has and runs this version now. */
export function runsAlready({ target, plan }: Pick<RedeployPlan, 'target' | 'plan'>): boolean {
  const { present } = plan;
  if (present === null || !isSameRegistration(target.registration, present.registration)) {
    return false;
  }
  return present.health.state === 'running' || present.health.state === 'unknown';
}

/** The result when the host {@link runsAlready} the version; null when there is something to do. */
export function unchangedRedeploy(planned: RedeployPlan): Redeployed | null {
  const { plan } = planned;
  if (!runsAlready(planned) || plan.present === null) return null;
  const untouched = { registration: null, answerLost: false, attempts: 0, pruned: [] };
  return { ...untouched, plan, health: plan.present.health, after: NOTHING_AFTER };
}

/** The rules of a plugin that is not installed are known only after it is registered, with its symbols. */
function unknownRules({ present, rulesKnown, name }: InstallPlan): string[] {
  if (present !== null || !rulesKnown) return [];
  return [`${name} is not there, so the rules that use it are known afterwards: see its status`];
}

/** Source: docs/ekuiper.md#source-yaml-after-an-update. The YAML files of the older version are not known here. */
function keptValues({ info, present, version }: InstallPlan): string[] {
  const sources = has(info.version, 'reports-status') ? (present?.plugin.sources ?? []) : [];
  return sources.map(
    (source) =>
      `if sources/${source}.yaml is another in ${version || 'that version'}: eKuiper 2.x keeps the values it has until it restarts`,
  );
}

/** Registers a version that is on the host, as a change of its own. Throws as {@link carryOut}. */
export async function redeploy(
  client: HostClient,
  { plan, target }: RedeployPlan,
  effects: ChangeEffects,
): Promise<Redeployed> {
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
