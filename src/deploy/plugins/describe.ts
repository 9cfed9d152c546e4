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
  /** False where the rules could not be read: then nobody knows who uses it. */
  readonly rulesKnown: boolean;
  /** Those of them that throw because of it, or are down. */
  readonly troubles: readonly RuleTrouble[];
  /** What was posted to install it; null where the host does not tell. */
  readonly registration: Registration | null;
  /** A change of it that never came to its end; null without one. */
  readonly interrupted: Interrupted | null;
  /** What the host has besides: its small files, for one. */
  readonly exported: HostExport;
}

/**
 * Everything a host tells about one plugin; with a clock its rows are looked at as in `listPlugins`. Throws HostFailure,
 * or exit 3 when it has none of that name.
 */
export async function describePlugin(
  client: HostClient,
  name: string,
  clock?: Clock,
): Promise<PluginDescription> {
  const plugin = await findPlugin(client, name);
  const info = await client.info();
  const status = has(info.version, 'reports-status') ? await client.status(name) : null;
  const told = healthOf(status, info);
  const exported = await client.exported();
  const uses = ruleUses(exported, plugin, told);
  const timing = clock && { clock, limit: GLANCE };
  const health = timing ? await healthByRows(client, { info, health: told, uses }, timing) : told;
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
