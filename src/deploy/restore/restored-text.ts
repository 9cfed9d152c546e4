import { plainLine } from '../../client/text.ts';
import { isWell } from '../install/register.ts';
import { uploadNameOf } from '../install/upload-name.ts';
import { versionOf } from '../install/way-back.ts';
import type { Health } from '../plugins/health.ts';
import { isSameRegistration } from '../record/record.ts';
import type { Now } from './now.ts';
import type { Restored, Told } from './restoring.ts';

type Back = Extract<Restored, { readonly state: 'back' }>;

/** What runs after a failed change, as a clause: `pysam 1.0.0 runs again`, `edge1:9081 has no pysam, as before`. */
export function nowText(restored: Restored, told: Told): string {
  const { client, plan } = told;
  const host = client.address.label;
  const { name } = plan;
  switch (restored.state) {
    case 'arrived':
      return `${called(name, plan.version)} ${runs(restored.health, '')}`;
    case 'untouched':
      return `${called(name, restored.version)} ${runs(restored.health, ' as before')}${twin(restored.version, told)}`;
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
    return `${what} ${runs(health, ' again')}${twin(version, told)}`;
  }
  const instead = called(name, present.plugin.version);
  // What did not run before, or was only half put there by a run that was cut off, is not tried first.
  if (failures.length > 0) return `${what} ${runs(health, ` now, NOT ${instead} as before`)}`;
  const { state } = present.health;
  const was = state === 'untold' ? 'nobody had seen running' : `was ${state}`;
  return `${what} ${runs(health, ` in the place of ${instead}, which ${was}`)}`;
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

/** Where just that version failed as well, it is told which package of it runs. */
function twin(version: string, { plan, act }: Told): string {
  const { present, uploadName } = plan;
  if (act !== 'install' || version !== plan.version || !present?.registration) return '';
  return uploadNameOf(present.registration.file) === uploadName ? '' : ': the package from before';
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
