import type { HostInfo } from '../client/answers.ts';
import type { HostClient } from '../client/host-client.ts';
import { HostFailure } from '../client/host-failure.ts';
import type { Clock } from '../clock.ts';
import { isAtLeast } from '../features.ts';
import { describePlugin, type PluginDescription } from './describe.ts';

/** What is about to be removed, and what that does to the rules that use it. */
export interface RemovalPlan extends PluginDescription {
  /** Rule ids; only those that use a source or sink of it: eKuiper does not count functions. */
  readonly rules: readonly string[];
  /** Sentences to read before saying yes. */
  readonly warnings: readonly string[];
}

/** Looks at what a removal would do; changes nothing. Throws as {@link describePlugin}. */
export async function planRemoval(client: HostClient, name: string): Promise<RemovalPlan> {
  const description = await describePlugin(client, name);
  const rules = [...description.health.rules.keys()].sort();
  return { ...description, rules, warnings: warningsOf(description, rules) };
}

function warningsOf({ info, plugin }: PluginDescription, rules: readonly string[]): string[] {
  const warnings: string[] = [];
  if (rules.length > 0) {
    const [those, they] =
      rules.length === 1
        ? [`rule ${rules[0]} uses it`, 'it goes on saying running']
        : [`rules ${rules.join(', ')} use it`, 'they go on saying running'];
    warnings.push(`${those}: eKuiper removes it all the same, and ${they} without doing anything`);
    if (hangsOnDelete(info)) {
      warnings.push(
        `eKuiper ${info.version} then hangs for more than 40 s when such a rule is deleted; stop or delete it first`,
      );
    }
  }
  if (!info.features.status) {
    warnings.push(`eKuiper ${info.version} does not tell which rules use it`);
  } else if (plugin.functions.length > 0) {
    warnings.push(
      `eKuiper does not count rules that only use its functions (${plugin.functions.join(', ')})`,
    );
  }
  return warnings;
}

/** Source: real-servers.md N5. */
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
  throw (
    lost ??
    new HostFailure({
      kind: 'refused',
      code: 'still-there',
      message: `${client.address.label} said that plugin ${name} is deleted, and it is still there`,
      reason: 'somebody installed it again at the same moment',
      hint: `kplugin describe ${name} --host ${client.address.label}`,
    })
  );
}
