import type { HostClient } from '../client/host-client.ts';
import { HostFailure } from '../client/host-failure.ts';
import type { Health } from '../plugins/health.ts';
import { plainText } from '../text.ts';
import { aftermathOf } from './aftermath.ts';
import type { InstallPlan } from './plan.ts';

/** A failed registration with what the process said and what the host has now. */
export async function failedInstall(
  client: HostClient,
  plan: InstallPlan,
  failure: HostFailure,
): Promise<HostFailure> {
  const process = failure.kind === 'refused' ? await processError(client, plan, failure) : null;
  const { text, restore } = await aftermathOf(client, plan);
  const reasons = [failure.reason, process && `the process ended: ${process}`, text];
  return new HostFailure({
    kind: failure.kind,
    code: failure.code,
    status: failure.status,
    words: failure.words,
    message: failure.message,
    reason: reasons.filter((part) => part !== null).join('\n'),
    hint: restore === null ? failure.hint : `${failure.hint}\nor put the old one back: ${restore}`,
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
  const { text } = await aftermathOf(client, plan);
  return new HostFailure({
    kind: 'refused',
    code: `plugin-${health.state}`,
    words: health.error === '' ? null : health.error,
    message: `${plan.name} was installed on ${host} and does not run${words}`,
    reason: `${health.meaning}\n${text}`,
    hint: 'see what it prints when it starts: kplugin serve, then install it there; eKuiper writes it to its own log only',
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
