import { parsedYaml } from '../../package/diff/symbol-files.ts';
import type { ValueChange } from '../../package/diff/value-changes.ts';
import type { HostClient } from '../client/host-client.ts';
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

/** The settings in the text of a source's YAML file. */
export async function settingsOfYaml(source: string, text: string): Promise<SourceSettings> {
  const yaml = await parsedYaml(text);
  const value = yaml?.value ?? null;
  if (yaml !== null && value === null) return { groups: new Map() };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { unknown: `sources/${source}.yaml is no map of groups` };
  }
  return { groups: new Map(Object.entries(value)) };
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
