import type { HostInfo, InstalledPlugin, Registration } from '../../client/answers.ts';
import type { Clock } from '../../client/clock.ts';
import { type HostExport, isExportKnown } from '../../client/exported.ts';
import type { HostClient } from '../../client/host-client.ts';
import { has } from '../../model/behaviours.ts';
import { closest } from '../../model/closest.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { pluginAt, shellWord } from '../../model/shell-word.ts';
import { type Health, healthOf } from '../health.ts';
import { GLANCE, healthByRows } from '../rules/proof-by-rows.ts';
import { type RuleUse, readRules, ruleUses, usesIn } from '../rules/rule-uses.ts';
import { rulesInTrouble } from '../rules/trouble.ts';
import {
  gonePlugins,
  type Interrupted,
  interruptedFix,
  interruptedOf,
  interruptedText,
} from './interrupted.ts';
import { type FixableTrouble, withFix } from './trouble-fix.ts';

/** The number of concurrent status requests. */
const AT_ONCE = 8;

export interface ListedPlugin {
  readonly plugin: InstalledPlugin;
  readonly health: Health;
  /** The rules that use it, sorted by id. */
  readonly uses: readonly RuleUse[];
  /** False when the rules could not be read: then it is not known which rules use the plugin. */
  readonly rulesKnown: boolean;
  /** The rules that throw because of the plugin, or are down. */
  readonly troubles: readonly FixableTrouble[];
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
    const troubles = await troublesOf(client, plugin, uses);
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

async function troublesOf(
  client: HostClient,
  { name, functions }: InstalledPlugin,
  uses: readonly RuleUse[],
): Promise<readonly FixableTrouble[]> {
  const troubles = await rulesInTrouble(client, name, uses);
  return troubles.map((one) => withFix(one, functions, client.address));
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

export interface PluginDescription extends ListedPlugin {
  readonly info: HostInfo;
  /** The body with which it was installed; null when the host does not report it. */
  readonly registration: Registration | null;
  /** The export of the host, with its small files. */
  readonly exported: HostExport;
}

/**
 * Reads all that a host reports about one plugin; with a clock, rows are observed as in {@link listPlugins}. Throws
 * HostFailure, or exit 3 when the plugin is not installed.
 */
export async function describePlugin(
  client: HostClient,
  name: string,
  clock?: Clock,
): Promise<PluginDescription> {
  const plugin = await findPlugin(client, name);
  const info = await client.info();
  const reported = await healthNow(client, info, name);
  const exported = await client.exported();
  const uses = ruleUses(exported, plugin, reported);
  const facts = { info, health: reported, uses };
  const health = clock ? await healthByRows(client, facts, { clock, limit: GLANCE }) : reported;
  return {
    info,
    plugin,
    health,
    uses,
    rulesKnown: isExportKnown(exported),
    troubles: await troublesOf(client, plugin, uses),
    registration: exported.registrations.get(name) ?? null,
    interrupted: interruptedOf(exported, name, plugin),
    exported,
  };
}

/**
 * Reads a plugin by name. Throws exit 3 when it is not installed: with the most similar name, or with the state of an
 * interrupted change of it.
 */
export async function findPlugin(client: HostClient, name: string): Promise<InstalledPlugin> {
  await client.info();
  // The plugin itself is requested: the status request still answers after a plugin is removed
  // (docs/ekuiper.md#status).
  const plugin = await client.plugin(name);
  if (plugin !== null) return plugin;
  const names = (await client.plugins()).map((other) => other.name);
  const exported = await client.exported();
  const interrupted = interruptedOf(exported, name, null);
  if (interrupted !== null)
    throw new InterruptedPlugin(interrupted, exported, client.address.label);
  throw noSuchPlugin(name, names, client.address.label);
}

function noSuchPlugin(name: string, names: readonly string[], host: string): KpluginError {
  const near = closest(name, names);
  return new KpluginError({
    code: 'no-such-plugin',
    exit: EXIT.host,
    message: `${host} has no plugin ${name}`,
    reason: names.length === 0 ? 'it has no plugin at all' : `it has ${names.join(', ')}`,
    hint: near === null ? `kplugin list --host ${shellWord(host)}` : `did you mean ${near}?`,
  });
}

/** The plugin is missing because a change of it was interrupted or is in progress. */
export class InterruptedPlugin extends KpluginError {
  readonly interrupted: Interrupted;
  readonly exported: HostExport;

  constructor(interrupted: Interrupted, exported: HostExport, host: string) {
    const { plugin, before } = interrupted;
    super({
      code: 'no-such-plugin',
      exit: EXIT.host,
      message: `${host} has no plugin ${plugin}${before === null ? '' : ' any more'}`,
      reason: interruptedText(interrupted),
      hint: `${interruptedFix(interrupted, host)}\nto abandon it: kplugin remove ${pluginAt(plugin, host)}`,
      data: { interrupted },
    });
    this.interrupted = interrupted;
    this.exported = exported;
  }
}
