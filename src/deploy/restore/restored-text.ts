import { EXIT, KpluginError } from '../../model/error.ts';
import { HostFailure } from '../client/host-failure.ts';
import { uploadNameOf } from '../install/upload-name.ts';
import { versionOf } from '../install/way-back.ts';
import { plainLine } from '../text.ts';
import type { Now } from './now.ts';
import type { Restored, Restoring } from './restoring.ts';

/** What runs after a failed change, as the end of a sentence: `pysam 1.0.0 runs again on edge1:9081`. */
export function nowText(restored: Restored, { client, plan }: Restoring): string {
  const host = client.address.label;
  const { name } = plan;
  const as = (version: string): string => (version === '' ? name : `${name} ${version}`);
  switch (restored.state) {
    case 'arrived':
      return `${as(plan.version)} runs on ${host}`;
    case 'untouched':
      return `${as(restored.version)} runs on ${host} as before`;
    case 'back': {
      const { health, step } = restored;
      const what = `${name} ${versionOf(step)}`;
      return health.state === 'untold'
        ? `${what} is registered again on ${host}`
        : `${what} runs again on ${host}`;
    }
    case 'removed':
      return `${host} has no ${name}, as before`;
    case 'other':
      return `somebody else installed it meanwhile: ${host} has ${registered(restored.now, name)}`;
    case 'lost':
      return restored.now === null
        ? `what ${host} has of ${name} now is NOT known: it does not answer`
        : `what ran before could NOT be put back: ${host} has ${registered(restored.now, name)} now`;
  }
}

function registered({ plugin, registration }: Now, name: string): string {
  if (plugin === null) return `no ${name}`;
  const from = registration === null ? '' : ` from ${plainLine(uploadNameOf(registration.file))}`;
  return `${name}${plugin.version === '' ? '' : ` ${plugin.version}`}${from}`;
}

/**
 * The failure of a change with both: what failed, and what runs now. Exit 130 for an interrupt, else 3; what is no
 * expected failure stays as it is, with what runs now in front.
 */
export function failedChange(
  thrown: unknown,
  restored: Restored,
  restoring: Restoring,
): KpluginError {
  const now = nowText(restored, restoring);
  const repair = repairOf(restored, restoring);
  if (restoring.cause === 'unwanted') return interrupted(thrown, now, repair, restoring);
  if (!(thrown instanceof HostFailure)) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return new KpluginError({
      code: 'bug',
      exit: EXIT.bug,
      message: `kplugin failed unexpectedly: ${message}; ${now}`,
      hint: repair ?? 'run it again with --verbose and send what it prints to the kplugin project',
      cause: thrown,
    });
  }
  const { kind, code, status, words, message, hint } = thrown;
  const failure = restored.state === 'lost' ? restored.failure : null;
  const reasons = [thrown.reason, failure && `the way back failed: ${failure.message}`];
  return new HostFailure({
    kind,
    code,
    status,
    words,
    message: `${message}${message.includes('\n') ? '\n' : '; '}${now}`,
    reason: reasons.filter((part) => part !== null).join('\n'),
    hint: repair === null ? hint : `${repair}\n${hint}`,
    cause: thrown,
  });
}

function interrupted(
  cause: unknown,
  now: string,
  repair: string | null,
  { client, plan }: Restoring,
): KpluginError {
  return new KpluginError({
    code: 'interrupted',
    exit: EXIT.interrupted,
    message: `interrupted while ${client.address.label} was installing ${plan.name}; ${now}`,
    hint: repair ?? 'run the same command again',
    cause,
  });
}

/** The command that mends what could not be put right; null when nothing has to be mended. */
function repairOf(restored: Restored, { client, plan }: Restoring): string | null {
  if (restored.state !== 'lost') return null;
  const host = client.address.label;
  return plan.present === null && plan.wayBack.steps.length === 0
    ? `kplugin remove ${plan.name} --host ${host}`
    : `kplugin rollback ${plan.name} --host ${host}`;
}
