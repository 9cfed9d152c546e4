import type { HostInfo } from '../../client/answers.ts';
import type { HostClient } from '../../client/host-client.ts';
import { HostFailure } from '../../client/http/host-failure.ts';
import { has } from '../../model/behaviours.ts';
import { calledFunctions, functionsAnswer } from '../rules/asking.ts';
import { rowsShowLife } from '../rules/proof-by-rows.ts';
import { isThrown, type RuleVerdict } from '../rules/rule-verdict.ts';
import type { ChangeRun } from './change.ts';
import type { InstallPlan } from './plan.ts';

/** Milliseconds: a source of the plugin that works sends rows before that. */
const ROWS = 2000;

/**
 * Waits until the new process of an updated plugin answers, for at most the limit of the change. After an update
 * eKuiper may report a plugin as running whose process hangs at its start, or still loads a model
 * (docs/ekuiper.md#status). Returns also when nothing of it can be asked. Throws HostFailure `plugin-hangs` when it
 * does not answer in time.
 */
export async function untilAnswering(run: ChangeRun): Promise<void> {
  const { client, plan, watch, clock, limit, watcher } = run;
  if (watch === null || !mayHang(plan)) return;
  const functions = calledFunctions(plan.uses, watch.rules);
  if (functions.length === 0) return;
  watcher.waiting(`for the new process of ${plan.name} to answer`, limit);
  try {
    if ((await functionsAnswer(client, functions, { clock, limit })) !== 'silent') return;
    if (await rowsShowLife(client, plan.uses, { clock, limit: ROWS })) return;
    throw hangs(client, plan, functions);
  } finally {
    watcher.settled();
  }
}

/** Whether the status of the plugin may be that of its previous process. */
export function mayHang({ info, present }: Pick<InstallPlan, 'info' | 'present'>): boolean {
  return present !== null && has(info.version, 'takes-old-handshakes');
}

/**
 * What an update leaves unproven, as a sentence; null when something of the new process answered. `language`: only the
 * Python SDK is known to send what eKuiper mistakes.
 */
export function unprovenStart(
  { name, info, present, uses }: Pick<InstallPlan, 'name' | 'info' | 'present' | 'uses'>,
  running: readonly string[],
  verdicts: readonly RuleVerdict[],
): string | null {
  if (!mayHang({ info, present }) || present?.plugin.language !== 'python') return null;
  if (calledFunctions(uses, running).length > 0) return null;
  const isSeen = verdicts.some(
    (one) => (one.state === 'answers' && one.sinksOnly !== true) || isThrown(one),
  );
  return isSeen
    ? null
    : `eKuiper ${info.version} says that ${name} runs, which it may also say while the program hangs at its start; nothing that uses it was seen at work`;
}

function hangs(
  client: HostClient,
  { name, info }: { readonly name: string; readonly info: HostInfo },
  functions: readonly string[],
): HostFailure {
  const host = client.address.label;
  const asked = functions.length === 1 ? 'its function' : 'none of its functions';
  return new HostFailure({
    kind: 'refused',
    code: 'plugin-hangs',
    message: `${name} was installed on ${host} and does not answer: ${asked} ${functions.join(', ')} ${functions.length === 1 ? 'gives no answer' : 'gives one'}`,
    reason: `eKuiper ${info.version} says that it runs: it may have taken a message of the previous process for the handshake of the new one`,
    hint: 'see where it stays: kplugin test\n(where it only starts slowly: --timeout 10m waits longer)',
  });
}
