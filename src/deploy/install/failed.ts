import type { HostClient } from '../client/host-client.ts';
import { HostFailure } from '../client/host-failure.ts';
import type { Health } from '../plugins/health.ts';
import { plainText } from '../text.ts';
import { aftermathOf, before } from './aftermath.ts';
import type { InstallPlan } from './plan.ts';

/** A failed registration with what the process said and what the host has now. */
export async function failedInstall(
  client: HostClient,
  plan: InstallPlan,
  failure: HostFailure,
): Promise<HostFailure> {
  const process = failure.kind === 'refused' ? await processError(client, plan, failure) : null;
  const { text, restore } = await aftermathOf(client, plan);
  const hint =
    restore === null ? failure.hint : `${failure.hint}\nor put the old one back: ${restore}`;
  return retold(failure, [process && `the process ended: ${process}`, text], hint);
}

/** A failed upload: the plugins of the host are as they were. */
export function nothingRegistered(failure: HostFailure): HostFailure {
  return retold(failure, ['the upload failed, so nothing was registered'], failure.hint);
}

/** A lost answer whose outcome is not known yet. */
export function stillOpen(
  client: HostClient,
  { name, present }: InstallPlan,
  failure: HostFailure,
): HostFailure {
  const host = client.address.label;
  const text = `${host} is still at work on it or does not answer, so it may come about later`;
  const hint = `see how it ends: kplugin status ${name} --host ${host}`;
  return retold(failure, [present === null ? text : `${text}; ${before(present)}`], hint);
}

/** The same failure with more reasons. */
function retold(failure: HostFailure, more: readonly (string | null)[], hint: string): HostFailure {
  const { kind, code, status, words, message, reason } = failure;
  const reasons = [reason, ...more].filter((part) => part !== null);
  return new HostFailure({
    kind,
    code,
    status,
    words,
    message,
    reason: reasons.join('\n'),
    hint,
    cause: failure,
  });
}

/** A plugin that is registered and does not run. */
export async function notRunning(
  client: HostClient,
  plan: InstallPlan,
  health: Health,
): Promise<HostFailure> {
  const host = client.address.label;
  const words = health.error === '' ? '' : `: ${health.error}`;
  const { text, restore } = await aftermathOf(client, plan);
  const hint =
    'see what it prints when it starts: kplugin serve, then install it there; eKuiper writes it to its own log only';
  return new HostFailure({
    kind: 'refused',
    code: `plugin-${health.state}`,
    words: health.error === '' ? null : health.error,
    message: `${plan.name} was installed on ${host} and does not run${words}`,
    reason: `${health.meaning}\n${text}`,
    hint: restore === null ? hint : `${hint}\nor put the old one back: ${restore}`,
  });
}

/** What `/status` still tells of a process that died while eKuiper waited for it (2.x), unless the words hold it. */
async function processError(
  client: HostClient,
  plan: InstallPlan,
  failure: HostFailure,
): Promise<string | null> {
  if (!plan.info.features.status) return null;
  const status = await client.status(plan.name).catch(() => null);
  const error = plainText(status?.error ?? '').trim();
  const told = error === '' || (failure.words ?? '').includes(error);
  return told || /signal: killed|handshake/.test(error) ? null : error;
}
