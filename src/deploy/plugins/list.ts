import type { HostInfo, InstalledPlugin } from '../../client/answers.ts';
import type { Clock } from '../../client/clock.ts';
import { isExportKnown } from '../../client/exported.ts';
import type { HostClient } from '../../client/host-client.ts';
import { has } from '../../model/behaviours.ts';
import { type Health, healthOf } from '../health/health.ts';
import { GLANCE, healthByRows } from '../rules/late-word.ts';
import { readRules, usesIn } from '../rules/rule-uses.ts';
import { type RuleTrouble, rulesInTrouble } from '../rules/trouble.ts';
import type { RuleUse } from '../rules/use.ts';
import { gonePlugins, type Interrupted, interruptedOf } from './interrupted.ts';

export interface ListedPlugin {
  readonly plugin: InstalledPlugin;
  readonly health: Health;
  /** The rules that use it, sorted by id. */
  readonly uses: readonly RuleUse[];
  /** False when the rules could not be read: then it is not known which rules use the plugin. */
  readonly rulesKnown: boolean;
  /** The rules that throw because of the plugin, or are down. */
  readonly troubles: readonly RuleTrouble[];
  /** An unfinished change of it; null when there is none. */
  readonly interrupted: Interrupted | null;
}

export interface PluginList {
  readonly info: HostInfo;
  /** Sorted by name. */
  readonly plugins: readonly ListedPlugin[];
  /** Plugins that are missing because kplugin was interrupted while it changed them. */
  readonly gone: readonly Interrupted[];
  /** For each other entry of the host's list: why kplugin cannot show it. */
  readonly odd: readonly string[];
}

/** The number of concurrent status requests. */
const AT_ONCE = 8;

/**
 * Lists the plugins of a host with their health and the rules that use them. With a clock, rows are observed for two
 * seconds when the host's status of a process may be wrong; without one the status is reported as it is. Throws
 * HostFailure.
 */
export async function listPlugins(client: HostClient, clock?: Clock): Promise<PluginList> {
  const info = await client.info();
  const odd: string[] = [];
  const plugins = await client.plugins((why) => odd.push(why));
  const healths: Health[] = [];
  for (let first = 0; first < plugins.length; first += AT_ONCE) {
    const some = plugins.slice(first, first + AT_ONCE);
    healths.push(...(await Promise.all(some.map(({ name }) => healthNow(client, info, name)))));
  }
  const exported = await client.exported();
  const rules = readRules(exported);
  const listed: ListedPlugin[] = [];
  for (const [at, plugin] of plugins.entries()) {
    const health = healths[at] ?? healthOf(null, info);
    const uses = usesIn(rules, plugin, health);
    const troubles = await rulesInTrouble(client, plugin.name, uses);
    const interrupted = interruptedOf(exported, plugin.name, plugin);
    listed.push({
      plugin,
      health,
      uses,
      rulesKnown: isExportKnown(exported),
      troubles,
      interrupted,
    });
  }
  const seen = clock === undefined ? listed : await seenByRows(client, info, listed, clock);
  return { info, plugins: seen, gone: gonePlugins(exported, plugins), odd };
}

function seenByRows(
  client: HostClient,
  info: HostInfo,
  listed: readonly ListedPlugin[],
  clock: Clock,
): Promise<ListedPlugin[]> {
  return Promise.all(
    listed.map(async (one) => {
      const health = await healthByRows(client, { ...one, info }, { clock, limit: GLANCE });
      return { ...one, health };
    }),
  );
}

async function healthNow(client: HostClient, info: HostInfo, plugin: string): Promise<Health> {
  return healthOf(has(info.version, 'reports-status') ? await client.status(plugin) : null, info);
}
