import { EXIT, KpluginError } from '../../model/error.ts';
import type { HostInfo } from '../client/answers.ts';
import type { HostClient } from '../client/host-client.ts';
import { HostFailure } from '../client/host-failure.ts';
import type { Clock } from '../clock.ts';
import { isAtLeast } from '../features.ts';
import { listedUses } from '../rules/use-text.ts';
import { describePlugin, type PluginDescription } from './describe.ts';

/** What is about to be removed, and what that does to the rules that use it. */
export interface RemovalPlan extends PluginDescription {
  /** Sentences to read before saying yes. */
  readonly warnings: readonly string[];
}

/** Looks at what a removal would do; changes nothing. Throws as {@link describePlugin}. */
export async function planRemoval(client: HostClient, name: string): Promise<RemovalPlan> {
  const description = await describePlugin(client, name);
  return { ...description, warnings: warningsOf(description) };
}

/** The failure that keeps a plugin on a host while rules use it: exit 3, nothing was changed. Null when none does. */
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
      `curl -X DELETE ${origin}${basePath}/rules/${encodeURIComponent(first.rule)}` +
      `${uses.length === 1 ? '' : ' …'}; or remove it in spite of them with --force`,
  });
}

function warningsOf({ info, uses }: PluginDescription): string[] {
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

/** Source: real-servers.md N5; stopping hangs as well, seen on 2.0.8. */
function hangsOnDelete(info: HostInfo): boolean {
  return info.features.status && !isAtLeast(info.version, 2, 3);
}

/**
 * Removes a plugin and makes sure that it is gone, also when the answer was lost on the way.
 * Throws HostFailure when it is still there.
 */
export async function removePlugin(client: HostClient, name: string, clock: Clock): Promise<void> {
  let lost: HostFailure | null = null;
  try {
    await client.remove(name);
  } catch (thrown) {
    if (!(thrown instanceof HostFailure) || !thrown.unsettled) throw thrown;
    lost = thrown;
  }
  // A request whose answer was lost may still be at work; one that was answered is done.
  for (let tries = lost === null ? 1 : 5; tries > 0; tries -= 1) {
    if ((await client.plugin(name)) === null) return;
    if (tries > 1) await clock.pause(1000);
  }
  throw lost ?? stillThere(client, name);
}

function stillThere(client: HostClient, name: string): HostFailure {
  return new HostFailure({
    kind: 'refused',
    code: 'still-there',
    message: `${client.address.label} said that plugin ${name} is deleted, and it is still there`,
    reason: 'somebody installed it again at the same moment',
    hint: `kplugin describe ${name} --host ${client.address.label}`,
  });
}
