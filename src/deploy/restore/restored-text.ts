import { isWell } from '../install/register.ts';
import { uploadNameOf } from '../install/upload-name.ts';
import { versionOf, type WayBackStep } from '../install/way-back.ts';
import type { Health } from '../plugins/health.ts';
import { isSameRegistration } from '../record/record.ts';
import { plainLine } from '../text.ts';
import type { Now } from './now.ts';
import type { Restored, Told } from './restoring.ts';

/** What runs after a failed change, as a clause: `pysam 1.0.0 runs again`, `edge1:9081 has no pysam, as before`. */
export function nowText(restored: Restored, told: Told): string {
  const { client, plan } = told;
  const host = client.address.label;
  const { name } = plan;
  switch (restored.state) {
    case 'arrived':
      return `${called(name, plan.version)} ${runs(restored.health, '')}`;
    case 'untouched':
      return `${ofBefore(restored.version, told)} ${runs(restored.health, ' as before')}`;
    case 'back':
      return backText(restored.step, restored.health, told);
    case 'removed':
      return `${restored.undone ? 'it was removed again: ' : ''}${host} has no ${name}, as before`;
    case 'other':
      return `somebody else installed it meanwhile: ${host} has ${registered(restored.now, name)}`;
    case 'lost':
      return lostText(restored.now, told);
  }
}

function backText(step: WayBackStep, health: Health, told: Told): string {
  const { name, present } = told.plan;
  const before = present?.registration ?? null;
  const isOther = before !== null && !isSameRegistration(before, step.registration);
  if (!isOther) return `${ofBefore(versionOf(step), told)} ${runs(health, ' again')}`;
  const instead = called(name, present?.plugin.version ?? '');
  return `${called(name, versionOf(step))} ${runs(health, ` now, NOT ${instead} as before`)}`;
}

function lostText(now: Now | null, { client, plan }: Told): string {
  const host = client.address.label;
  const { name, present, wayBack } = plan;
  if (now === null) return `what ${host} has of ${name} now is NOT known: it does not answer`;
  const what =
    present === null && wayBack.steps.length === 0
      ? 'what failed could NOT be removed again'
      : 'what ran before could NOT be put back';
  return `${what}: ${host} has ${registered(now, name)} now`;
}

/** `pysam 1.0.0`; where that is just what failed as well, it is another package of the same version. */
function ofBefore(version: string, { plan, act }: Told): string {
  const what = called(plan.name, version);
  const isTwin = act === 'install' && version === plan.version;
  return isTwin ? `the ${what} from before` : what;
}

function runs(health: Health, how: string): string {
  if (!isWell(health)) return `is ${health.state}${how}`;
  return health.state === 'untold'
    ? `is registered${how} (this eKuiper does not tell whether it runs)`
    : `runs${how}`;
}

function registered({ plugin, registration }: Now, name: string): string {
  if (plugin === null) return `no ${name}`;
  const from = registration === null ? '' : ` from ${plainLine(uploadNameOf(registration.file))}`;
  return `${called(name, plugin.version)}${from}`;
}

/** `pysam 1.0.0`, or `pysam` where it has no version. */
export function called(name: string, version: string): string {
  return version === '' ? name : `${name} ${version}`;
}
