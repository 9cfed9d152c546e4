import type { HostClient } from '../../client/host-client.ts';
import { readSourceYaml } from '../../model/yaml/read.ts';
import type { ValueChange } from '../../package/diff/value-changes.ts';
import { type Groups, settingChanges } from './setting-changes.ts';

/** What one side has for a source, or why nobody can tell. */
export type SourceSettings = { readonly groups: Groups } | { readonly unknown: string };

/** What a source's settings become. */
export interface ConfigChange {
  readonly source: string;
  readonly values: readonly ValueChange[];
  /** Settings that cannot be compared, because eKuiper hides them. */
  readonly hidden: readonly string[];
  /** Why none of it can be compared; null where it was. */
  readonly unknown: string | null;
}

/** How many sources are asked for at once. */
const AT_ONCE = 8;

/** The settings that a host uses for these sources. Throws HostFailure. */
export async function usedSettings(
  client: HostClient,
  sources: readonly string[],
): Promise<ReadonlyMap<string, SourceSettings>> {
  const settings = new Map<string, SourceSettings>();
  for (let first = 0; first < sources.length; first += AT_ONCE) {
    const some = sources.slice(first, first + AT_ONCE);
    const answers = await Promise.all(some.map((source) => client.sourceConfig(source)));
    some.forEach((source, at) => {
      const groups = answers[at] ?? null;
      settings.set(source, groups === null ? untold(client) : { groups });
    });
  }
  return settings;
}

function untold(client: HostClient): SourceSettings {
  return { unknown: `${client.address.label} does not tell what it uses` };
}

/** The settings in a source's YAML file. */
export function settingsOfYaml(source: string, bytes: Uint8Array): SourceSettings {
  const { fault, groups } = readSourceYaml(bytes);
  if (fault?.kind === 'root') return { unknown: `sources/${source}.yaml is no map of groups` };
  if (fault?.kind === 'limit') return { unknown: `kplugin does not read sources/${source}.yaml` };
  if (fault) return { unknown: `eKuiper cannot read sources/${source}.yaml: ${fault.message}` };
  return { groups: new Map(Object.entries(groups ?? {})) };
}

/** Compares the settings of one source; nothing where all of them can be seen and are the same. */
export function configChange(
  source: string,
  before: SourceSettings,
  after: SourceSettings,
): ConfigChange[] {
  const nobody = { source, values: [], hidden: [] };
  if ('unknown' in before) return [{ ...nobody, unknown: before.unknown }];
  if ('unknown' in after) return [{ ...nobody, unknown: after.unknown }];
  const { values, hidden } = settingChanges(before.groups, after.groups);
  return values.length + hidden.length === 0 ? [] : [{ source, values, hidden, unknown: null }];
}
