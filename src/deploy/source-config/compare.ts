import { isDuration, isHidden, sameSetting } from './setting.ts';

type Settings = Readonly<Record<string, unknown>>;

/** What a group of a source's YAML has that the host does not use. */
export interface GroupChange {
  readonly group: string;
  /**
   * All of the group that may be put to the host: a PUT takes the place of the one before and lies over what eKuiper
   * read at its start (seen on 2.4.0). Spelled as the host spells them, which has lowered the keys of the file.
   */
  readonly settings: Settings;
  /** Keys that the file has no more; they stay on the host until eKuiper restarts. */
  readonly gone: readonly string[];
  /** Changed times such as `interval`: put, they would reach the plugin as text (`"2s"`), from the file they are numbers. */
  readonly held: readonly string[];
}

/** How a source's YAML compares to what the host uses. `unknown`: it has settings that the host hides. */
export interface Comparison {
  readonly state: 'same' | 'differs' | 'unknown';
  readonly changes: readonly GroupChange[];
  /** Groups that the file has no more. */
  readonly goneGroups: readonly string[];
}

/** Compares the groups that a host uses to those of a file; letter case and order of keys do not count. */
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
