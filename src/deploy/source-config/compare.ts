import { isDuration, isHidden, sameSetting } from './setting.ts';

type Settings = Readonly<Record<string, unknown>>;

/** How a group of a source's YAML differs from what the host uses. */
export interface GroupChange {
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

/** How a source's YAML compares to what the host uses. `unknown`: it has settings that the host hides. */
export interface Comparison {
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
