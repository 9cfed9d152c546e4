import type { HostClient } from '../client/host-client.ts';
import { HostFailure } from '../client/http/host-failure.ts';
import { parseDuration } from '../model/duration.ts';

/** Settings whose milliseconds eKuiper 2.x converts to durations: `interval: 1000` is returned as `"1s"`. */
const DURATIONS: ReadonlySet<string> = new Set(['cachettl', 'timeout', 'expiration', 'interval']);

/** Settings that eKuiper renames or shows as stars, so they cannot be compared. */
const HIDDEN: ReadonlySet<string> = new Set(['url', 'dburl', 'password', 'saslpassword']);

type Settings = Readonly<Record<string, unknown>>;

/** How a group of a source's YAML differs from what the host uses. */
interface GroupChange {
  readonly group: string;
  /**
   * All settings of the group that can be sent to the host: a PUT replaces the previous one and overrides what eKuiper
   * read at its start (seen on 2.4.0). Keys are spelled as on the host, which has converted those of the file to lower
   * case.
   */
  readonly settings: Settings;
  /** Keys that are no longer in the file; they stay on the host until eKuiper restarts. */
  readonly gone: readonly string[];
  /**
   * Changed durations such as `interval`: sent by PUT they would reach the plugin as text (`"2s"`), while those of the
   * file are numbers.
   */
  readonly held: readonly string[];
}

/** A source whose new settings are to be sent to a host. */
export interface SourceChange {
  readonly source: string;
  readonly groups: readonly GroupChange[];
  /** Groups that are no longer in the file; they stay on the host. */
  readonly goneGroups: readonly string[];
}

export interface AppliedGroup {
  readonly source: string;
  readonly group: string;
  /** Null on success; else the reason. The following groups were sent all the same. */
  readonly failure: HostFailure | null;
}

/**
 * Sends the changed groups of sources to a 2.x host, which otherwise keeps what it read at its start
 * (docs/ekuiper.md#source-yaml-after-an-update). Rules use them after a restart. Throws HostFailure when the host can
 * no longer be reached.
 */
export async function applyConfig(
  client: HostClient,
  changes: readonly SourceChange[],
): Promise<readonly AppliedGroup[]> {
  const applied: AppliedGroup[] = [];
  for (const { source, groups } of changes) {
    for (const { group, settings } of groups) {
      if (Object.keys(settings).length === 0) continue;
      applied.push({ source, group, failure: await put(client, source, group, settings) });
    }
  }
  return applied;
}

async function put(
  client: HostClient,
  source: string,
  group: string,
  settings: object,
): Promise<HostFailure | null> {
  try {
    await client.putSourceGroup(source, group, settings);
    return null;
  } catch (thrown) {
    if (!(thrown instanceof HostFailure) || thrown.kind === 'unreachable') throw thrown;
    return thrown;
  }
}

/** What sending these groups cannot do, one sentence each; shown before and after. */
export function configLimits(changes: readonly SourceChange[]): readonly string[] {
  return changes.flatMap(({ source, groups, goneGroups }) => [
    ...groups.flatMap(({ group, gone, held }) => [
      ...(gone.length === 0 ? [] : [`${source}/${group}: ${stay(gone)}`]),
      ...(held.length === 0
        ? []
        : [
            `${source}/${group}: ${held.join(', ')} changes when eKuiper restarts; put, it would reach the plugin as text ("2s")`,
          ]),
    ]),
    ...(goneGroups.length === 0 ? [] : [`${source}: groups ${stay(goneGroups)}`]),
  ]);
}

function stay(names: readonly string[]): string {
  return `${names.join(', ')} no longer in the file, but on the host until eKuiper restarts`;
}

/** How a source's YAML compares to what the host uses. `unknown`: it has settings that the host hides. */
interface Comparison {
  readonly state: 'same' | 'differs' | 'unknown';
  readonly changes: readonly GroupChange[];
  /** Groups that are no longer in the file. */
  readonly goneGroups: readonly string[];
}

/** Compares the groups that a host uses to those of a file; letter case and order of keys do not matter. */
export function compareGroups(used: ReadonlyMap<string, unknown>, wanted: Settings): Comparison {
  const groups = Object.entries(wanted).map(([name, value]) => {
    const theirs = [...used].find(([group]) => isSameName(group, name));
    return compared(theirs?.[0] ?? name, asSettings(theirs?.[1]), asSettings(value));
  });
  const goneGroups = [...used.keys()].filter(
    (group) => !Object.keys(wanted).some((name) => isSameName(name, group)),
  );
  const differs = goneGroups.length > 0 || groups.some(({ state }) => state === 'differs');
  const unknown = groups.some(({ state }) => state === 'unknown');
  return {
    state: differs ? 'differs' : unknown ? 'unknown' : 'same',
    changes: groups.filter(({ state }) => state !== 'same').map(({ change }) => change),
    goneGroups,
  };
}

function compared(
  group: string,
  used: Settings | null,
  wanted: Settings | null,
): { readonly state: Comparison['state']; readonly change: GroupChange } {
  const spelled = Object.entries(wanted ?? {}).map(([key, value]) => {
    const theirs = Object.keys(used ?? {}).find((name) => isSameName(name, key)) ?? key;
    return { key: theirs, value, before: used?.[theirs] };
  });
  const isChanged = ({ key, value, before }: (typeof spelled)[number]): boolean =>
    !isHidden(key) && !sameSetting(key, before, value);
  const gone = Object.keys(used ?? {}).filter((key) => !spelled.some((one) => one.key === key));
  const hidden = spelled.some(({ key }) => isHidden(key));
  const differs = used === null || gone.length > 0 || spelled.some(isChanged);
  return {
    state: differs ? 'differs' : hidden ? 'unknown' : 'same',
    change: {
      group,
      settings: Object.fromEntries(
        spelled.filter(({ key }) => !isDuration(key)).map(({ key, value }) => [key, value]),
      ),
      gone,
      held: spelled.filter((one) => isDuration(one.key) && isChanged(one)).map(({ key }) => key),
    },
  };
}

function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function asSettings(value: unknown): Settings | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return Object.fromEntries(Object.entries(value));
}

/** Whether eKuiper treats a setting of this name as a duration. */
function isDuration(key: string): boolean {
  return DURATIONS.has(key.toLowerCase());
}

/** Whether a host hides the value of the setting. */
export function isHidden(key: string): boolean {
  return HIDDEN.has(key.toLowerCase());
}

/**
 * Whether two values of a setting are equal for eKuiper, which converts keys to lower case and ignores their order
 * (docs/files.md#letter-case-of-keys).
 */
export function sameSetting(key: string, one: unknown, other: unknown): boolean {
  return canonical(setting(key, one)) === canonical(setting(key, other));
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .map(([key, member]): readonly [string, unknown] => [key.toLowerCase(), member])
    .filter(([key]) => !isHidden(key))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonical(setting(key, member))}`);
  return `{${members.sort().join()}}`;
}

function setting(key: string, value: unknown): unknown {
  if (!isDuration(key) || typeof value !== 'string') return value;
  const ms = parseDuration(value);
  return ms === null ? value : Math.round(ms);
}
