import type { HostInfo, InstalledPlugin, Registration } from '../../client/answers.ts';
import type { Clock } from '../../client/clock.ts';
import { type HostExport, isExportKnown } from '../../client/exported.ts';
import type { HostClient } from '../../client/host-client.ts';
import { has } from '../../model/behaviours.ts';
import { type Health, healthOf } from '../health/health.ts';
import { GLANCE, healthByRows } from '../rules/late-word.ts';
import { ruleUses } from '../rules/rule-uses.ts';
import { type RuleTrouble, rulesInTrouble } from '../rules/trouble.ts';
import type { RuleUse } from '../rules/use.ts';
import { findPlugin } from './find.ts';
import { type Interrupted, interruptedOf } from './interrupted.ts';

export interface PluginDescription {
  readonly info: HostInfo;
  readonly plugin: InstalledPlugin;
  readonly health: Health;
  /** The rules that use it, sorted by id. */
  readonly uses: readonly RuleUse[];
  /** False when the rules could not be read: then it is not known which rules use the plugin. */
  readonly rulesKnown: boolean;
  /** The rules that throw because of the plugin, or are down. */
  readonly troubles: readonly RuleTrouble[];
  /** The body with which it was installed; null when the host does not report it. */
  readonly registration: Registration | null;
  /** An unfinished change of it; null when there is none. */
  readonly interrupted: Interrupted | null;
  /** The export of the host, with its small files. */
  readonly exported: HostExport;
}

/**
 * Reads all that a host reports about one plugin; with a clock, rows are observed as in `listPlugins`. Throws
 * HostFailure, or exit 3 when the plugin is not installed.
 */
export async function describePlugin(
  client: HostClient,
  name: string,
  clock?: Clock,
): Promise<PluginDescription> {
  const plugin = await findPlugin(client, name);
  const info = await client.info();
  const status = has(info.version, 'reports-status') ? await client.status(name) : null;
  const reported = healthOf(status, info);
  const exported = await client.exported();
  const uses = ruleUses(exported, plugin, reported);
  const timing = clock && { clock, limit: GLANCE };
  const health = timing
    ? await healthByRows(client, { info, health: reported, uses }, timing)
    : reported;
  return {
    info,
    plugin,
    health,
    uses,
    rulesKnown: isExportKnown(exported),
    troubles: await rulesInTrouble(client, name, uses),
    registration: exported.registrations.get(name) ?? null,
    interrupted: interruptedOf(exported, name, plugin),
    exported,
  };
}
