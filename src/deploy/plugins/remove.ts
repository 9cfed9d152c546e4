import type { HostInfo } from '../../client/answers.ts';
import type { Clock } from '../../client/clock.ts';
import type { HostClient } from '../../client/host-client.ts';
import { HostFailure } from '../../client/http/host-failure.ts';
import { has } from '../../model/behaviours.ts';
import { EXIT, isAbort, KpluginError, type KpluginErrorDetails } from '../../model/error.ts';
import { pluginAt, shellWord } from '../../model/shell-word.ts';
import type { AfterState } from '../change/after-failure.ts';
import { asked } from '../change/failed.ts';
import { retryUntilAnswered } from '../change/settle.ts';
import { listedUses, RULES_UNKNOWN } from '../rules/rule-sentences.ts';
import { describePlugin, type PluginDescription } from './host-plugins.ts';

/** The plugin to be removed, and the effect on the rules that use it. */
export interface RemovalPlan extends PluginDescription {
  /** Sentences to show before the confirmation. */
  readonly warnings: readonly string[];
}

/** Plans a removal; changes nothing. Throws as {@link describePlugin}. */
export async function planRemoval(client: HostClient, name: string): Promise<RemovalPlan> {
  const description = await asked(describePlugin(client, name), client);
  return { ...description, warnings: warningsOf(description) };
}

/**
 * The error of a plugin that is not removed because rules use it: exit 3, nothing was changed. Null when no rule uses
 * it.
 */
export function inUse(
  { info, plugin, uses }: RemovalPlan,
  client: HostClient,
): KpluginError | null {
  const [first] = uses;
  if (first === undefined) return null;
  const { label, origin, basePath } = client.address;
  const count = uses.length === 1 ? '1 rule uses' : `${uses.length} rules use`;
  const hang = hangsOnDelete(info) ? `; ${hangs(info)}` : '';
  return new KpluginError({
    code: 'plugin-in-use',
    exit: EXIT.host,
    message: `${plugin.name} stays on ${label}: ${count} it (${listedUses(uses)})`,
    reason: `eKuiper would remove it all the same, and the rules would go on saying running without doing anything${hang}`,
    hint:
      `delete or change ${uses.length === 1 ? 'that rule' : 'those rules'} first: ` +
      `curl -X DELETE ${shellWord(`${origin}${basePath}/rules/${encodeURIComponent(first.rule)}`)}` +
      `${uses.length === 1 ? '' : ' …'}; or remove it in spite of them with --force`,
  });
}

function warningsOf({ info, uses, rulesKnown }: PluginDescription): string[] {
  if (!rulesKnown) {
    return [
      `its rules ${RULES_UNKNOWN}: one that does would go on saying running without doing anything`,
    ];
  }
  if (uses.length === 0) return [];
  const [those, they] = uses.length === 1 ? ['rule uses', 'it goes'] : ['rules use', 'they go'];
  const warnings = [
    `${uses.length} ${those} it (${listedUses(uses)}): ${they} on saying running without doing anything`,
  ];
  if (hangsOnDelete(info)) warnings.push(hangs(info));
  return warnings;
}

function hangs(info: HostInfo): string {
  return (
    `on eKuiper ${info.version} stopping or deleting such a rule hangs once the plugin is gone ` +
    '(for more than 40 s): stop or delete it first'
  );
}

/** Source: docs/ekuiper.md#removing-a-plugin-in-use; stopping such a rule hangs as well, seen on 2.0.8. */
function hangsOnDelete(info: HostInfo): boolean {
  return has(info.version, 'hangs-without-plugin');
}

/** The clients that a removal uses. */
interface RemoveEffects {
  /** Aborted by Ctrl-C, as the client is. */
  readonly signal: AbortSignal;
  /** A client and a clock that Ctrl-C does not abort, used to read the result. */
  readonly recovery: HostClient;
  readonly recoveryClock: Clock;
}

/**
 * Removes a plugin and verifies that it is gone, also when the connection was lost, the answer was invalid, or the
 * user pressed Ctrl-C. Throws HostFailure, or exit 130 after Ctrl-C; both report whether the plugin is still
 * installed.
 */
export async function removePlugin(
  client: HostClient,
  { plugin }: Pick<RemovalPlan, 'plugin'>,
  effects: RemoveEffects,
): Promise<void> {
  const { name } = plugin;
  let thrown: unknown = null;
  try {
    await client.remove(name);
  } catch (problem) {
    if (!(problem instanceof HostFailure) && !isAbort(problem, effects.signal)) throw problem;
    thrown = problem;
  }
  const left = await isLeft(name, thrown, effects);
  if (left === false && !effects.signal.aborted) return;
  const now = leftText(client, plugin, left);
  const see = `kplugin describe ${pluginAt(name, client.address.label)}`;
  const data = { after: afterLeft(plugin, left) };
  if (effects.signal.aborted) {
    const hint = left === false ? LIST(client) : see;
    throw interrupted({ message: `interrupted; ${now}`, hint, data, cause: thrown });
  }
  throw thrown instanceof HostFailure ? failed(thrown, now, see, data) : stillThere(client, name);
}

/** Whether the host still has it; null when it does not answer. */
async function isLeft(
  name: string,
  thrown: unknown,
  { recovery, recoveryClock }: RemoveEffects,
): Promise<boolean | null> {
  const isSettled = thrown === null || (thrown instanceof HostFailure && !thrown.unsettled);
  try {
    // A request whose answer was lost may still be in progress; an answered one is finished.
    for (let tries = isSettled ? 1 : 5; tries > 0; tries -= 1) {
      const now = await retryUntilAnswered(() => recovery.plugin(name), {
        clock: recoveryClock,
        limit: TIMEOUTS,
      });
      if (now === null) return false;
      if (tries > 1) await recoveryClock.pause(1000);
    }
    return true;
  } catch (problem) {
    if (!(problem instanceof HostFailure)) throw problem;
    return null;
  }
}

const TIMEOUTS = 10_000;
const LIST = ({ address }: HostClient): string => `kplugin list --host ${shellWord(address.label)}`;

function leftText(
  { address }: HostClient,
  { name, version }: RemovalPlan['plugin'],
  left: boolean | null,
): string {
  const host = address.label;
  if (left === null) return `whether ${host} still has ${name} is NOT known: it does not answer`;
  return left ? `${host} has ${name} ${version} as before` : `${host} has no ${name} any more`;
}

/** The JSON form of {@link leftText}. */
function afterLeft({ version }: RemovalPlan['plugin'], left: boolean | null): AfterState {
  if (left === null) return { version: null, state: 'lost', known: false };
  return left
    ? { version, state: 'untouched', known: true }
    : { version: null, state: 'removed', known: true };
}

function interrupted(details: Omit<KpluginErrorDetails, 'code' | 'exit'>): KpluginError {
  return new KpluginError({ ...details, code: 'interrupted', exit: EXIT.interrupted });
}

function failed(failure: HostFailure, now: string, see: string, data: object): HostFailure {
  const { kind, code, status, words, message, reason, hint } = failure;
  const reasons = [message, reason].filter((part) => part !== null).join('\n');
  return new HostFailure({
    ...{ kind, code, status, words, reason: reasons, cause: failure, data },
    message: `the removal failed; ${now}`,
    hint: `${hint}\nto see what is there: ${see}`,
  });
}

function stillThere(client: HostClient, name: string): HostFailure {
  return new HostFailure({
    kind: 'refused',
    code: 'still-there',
    message: `${client.address.label} said that plugin ${name} is deleted, and it is still there`,
    reason: 'somebody installed it again at the same moment',
    hint: `kplugin describe ${pluginAt(name, client.address.label)}`,
  });
}
