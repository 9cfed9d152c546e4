import type { HostClient } from '../../client/host-client.ts';
import { compareText } from '../../model/finding.ts';
import {
  isHiddenKey,
  isHiddenSetting,
  isNamedSecret,
  isValueKey,
} from '../../model/secrets/settings/secret-keys.ts';
import { masked } from '../../model/secrets/shown-settings.ts';
import { readSourceYaml } from '../../model/yaml/read.ts';
import type { ValueChange } from '../../package/diff/value-changes.ts';
import { isHidden, sameSetting } from '../source-settings.ts';

/** The settings that one side has for a source, or why they are not known. */
type SourceSettings = { readonly groups: Groups } | { readonly unknown: string };

/** How the settings of a source change. */
export interface ConfigChange {
  readonly source: string;
  readonly values: readonly ValueChange[];
  /** Settings that cannot be compared, because eKuiper hides them. */
  readonly hidden: readonly string[];
  /** Why nothing can be compared; null when it was compared. */
  readonly unknown: string | null;
}

/** The number of concurrent requests. */
const AT_ONCE = 8;

/** Reads the settings that a host uses for these sources. Throws HostFailure. */
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
      settings.set(source, groups === null ? unknown(client) : { groups });
    });
  }
  return settings;
}

function unknown(client: HostClient): SourceSettings {
  return { unknown: `${client.address.label} does not tell what it uses` };
}

/** Reads the settings in a source's YAML file. */
export function settingsOfYaml(source: string, bytes: Uint8Array): SourceSettings {
  const { fault, groups } = readSourceYaml(bytes);
  if (fault?.kind === 'root') return { unknown: `sources/${source}.yaml is no map of groups` };
  if (fault?.kind === 'limit') return { unknown: `kplugin does not read sources/${source}.yaml` };
  if (fault) return { unknown: `eKuiper cannot read sources/${source}.yaml: ${fault.message}` };
  return { groups: new Map(Object.entries(groups ?? {})) };
}

/** Compares the settings of one source; empty when all are visible and equal. */
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

/** Settings by group: those of a source's YAML, or those that a host uses. */
type Groups = ReadonlyMap<string, unknown>;

interface SettingChanges {
  readonly values: readonly ValueChange[];
  /** Paths such as `default.password`, which eKuiper shows as stars, so they cannot be compared. */
  readonly hidden: readonly string[];
}

/**
 * Returns the settings of a source that differ, group by group. Letter case, order and the notation of durations do
 * not matter, as in eKuiper (docs/files.md#letter-case-of-keys). Possible secrets are shown as three stars.
 */
export function settingChanges(before: Groups, after: Groups): SettingChanges {
  const values: ValueChange[] = [];
  const hidden: string[] = [];
  for (const { name: group, was, is } of paired(before, after)) {
    const [theirs, ours] = [membersOf(was), membersOf(is)];
    if (theirs === null || ours === null) {
      if (!sameSetting(group, was, is)) values.push(change(group, isHiddenKey(group), was, is));
      continue;
    }
    const settings = paired(theirs, ours);
    const isNamed = [theirs, ours].some((one) => isNamedSecret(Object.fromEntries(one)));
    const comesOrGoes = (was === undefined) !== (is === undefined);
    if (comesOrGoes && settings.length === 0)
      values.push(change(group, isHiddenKey(group), was, is));
    for (const { name: key, was: one, is: other } of settings) {
      const path = `${group}.${key}`;
      if (isHidden(key)) hidden.push(path);
      else if (one === undefined || other === undefined || !sameSetting(key, one, other)) {
        const isSecret =
          isHiddenKey(group) ||
          [one, other].some((value) => isHiddenSetting(key, value)) ||
          (isNamed && isValueKey(key));
        values.push(change(path, isSecret, one, other));
      }
    }
  }
  return { values, hidden };
}

interface Pair {
  readonly name: string;
  readonly was: unknown;
  readonly is: unknown;
}

/** The members of both, matched by name without regard to letter case, sorted. */
function paired(before: Groups, after: Groups): Pair[] {
  const [was, is] = [lowered(before), lowered(after)];
  return [...new Set([...was.keys(), ...is.keys()])].sort(compareText).map((low) => {
    const [one, other] = [was.get(low), is.get(low)];
    // Capitals come first: the name as a person wrote it, not as eKuiper has converted it to lower case.
    const [name = low] = [one?.name ?? low, other?.name ?? low].sort(compareText);
    return { name, was: one?.value, is: other?.value };
  });
}

function lowered(groups: Groups): Map<string, { readonly name: string; readonly value: unknown }> {
  return new Map([...groups].map(([name, value]) => [name.toLowerCase(), { name, value }]));
}

/** Null for a value that is no map; a group without settings, or a missing one, is an empty map. */
function membersOf(value: unknown): Groups | null {
  if (value === undefined || value === null) return new Map();
  if (typeof value !== 'object' || Array.isArray(value)) return null;
  return new Map(Object.entries(value));
}

function change(path: string, secret: boolean, was: unknown, is: unknown): ValueChange {
  const what = was === undefined ? 'added' : is === undefined ? 'removed' : 'changed';
  return {
    path,
    what,
    before: was === undefined ? null : masked(was, secret),
    after: is === undefined ? null : masked(is, secret),
  };
}
