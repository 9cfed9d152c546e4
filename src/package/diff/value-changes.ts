import { compareText } from '../../model/finding.ts';
import {
  isHiddenSetting,
  isNamedSecret,
  isValueKey,
  namesNextSecret,
} from '../../model/secrets/settings/secret-keys.ts';
import { masked } from '../../model/secrets/shown-settings.ts';

/** A changed value of a JSON or YAML file. */
export interface ValueChange {
  /** `default.interval`, `properties.default[interval].hint.en_US`; empty for the root. */
  readonly path: string;
  readonly what: 'added' | 'removed' | 'changed';
  /** Null when it is missing; a possible secret is three stars. */
  readonly before: unknown;
  readonly after: unknown;
}

/** YAML aliases can multiply values without end; real files stay far below both limits. */
const MOST_VALUES = 10_000;
const MOST_DEPTH = 64;

interface Comparing {
  readonly changes: ValueChange[];
  budget: number;
}

/**
 * The differences between two values (of JSON or YAML), in the order of their paths. Lists in which every item has a
 * `name`, as in eKuiper's properties, are compared by name and not by order; others by index.
 */
export function valueChanges(before: unknown, after: unknown): ValueChange[] {
  const comparing: Comparing = { changes: [], budget: MOST_VALUES };
  compare(comparing, { path: '', depth: 0, secret: false }, before, after);
  return comparing.changes;
}

interface Place {
  readonly path: string;
  readonly depth: number;
  /** A key above marks the value as secret. */
  readonly secret: boolean;
}

function compare(state: Comparing, place: Place, before: unknown, after: unknown): void {
  state.budget -= 1;
  const [was, is] = [membersOf(before, after), membersOf(after, before)];
  const descends = was !== null && is !== null && state.budget > 0 && place.depth < MOST_DEPTH;
  if (!descends) {
    if (!isSame(before, after)) note(state, place, 'changed', before, after);
    return;
  }
  for (const key of [...new Set([...was.keys(), ...is.keys()])].sort(compareText)) {
    const inner = step(place, key, [before, after]);
    if (!is.has(key)) note(state, inner, 'removed', was.get(key), null);
    else if (!was.has(key)) note(state, inner, 'added', null, is.get(key));
    else compare(state, inner, was.get(key), is.get(key));
  }
}

/** The members of an object, or of a list if both lists have items with unique names; else null. */
function membersOf(value: unknown, other: unknown): ReadonlyMap<string, unknown> | null {
  if (Array.isArray(value)) {
    if (!Array.isArray(other)) return null;
    const named = [value, other].every(hasNames);
    return new Map(value.map((item, at) => [`[${named ? nameOf(item) : at}]`, item]));
  }
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(other);
  return isObject ? new Map(Object.entries(value)) : null;
}

function hasNames(items: readonly unknown[]): boolean {
  const names = items.map(nameOf);
  return names.every((name) => name !== null) && new Set(names).size === items.length;
}

function nameOf(item: unknown): string | null {
  if (typeof item !== 'object' || item === null || !('name' in item)) return null;
  return typeof item.name === 'string' ? item.name : null;
}

function step({ path, depth, secret }: Place, key: string, sides: readonly unknown[]): Place {
  const isItem = sides.every(Array.isArray);
  const plain = isItem || /^[\w-]+$/.test(key) ? key : `[${JSON.stringify(key)}]`;
  const glue = path === '' || plain.startsWith('[') ? '' : '.';
  const isHidden = isItem
    ? sides.some((side) => isBehindFlag(side, key))
    : sides.some((side) => isHiddenSetting(key, memberOf(side, key))) ||
      (isValueKey(key) && sides.some(isNamed));
  return { path: `${path}${glue}${plain}`, depth: depth + 1, secret: secret || isHidden };
}

function memberOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, key)?.value;
}

/** `[--password, x]` */
function isBehindFlag(items: unknown, key: string): boolean {
  const index = Number(/^\[(\d+)\]$/.exec(key)?.[1] ?? 0);
  const flag: unknown = Array.isArray(items) ? items[index - 1] : undefined;
  return typeof flag === 'string' && namesNextSecret(flag);
}

function isNamed(value: unknown): boolean {
  return typeof value === 'object' && value !== null && isNamedSecret({ ...value });
}

function note(
  { changes }: Comparing,
  { path, secret }: Place,
  what: ValueChange['what'],
  before: unknown,
  after: unknown,
): void {
  const shown = (value: unknown, is: boolean): unknown => (is ? masked(value, secret) : null);
  changes.push({
    path,
    what,
    before: shown(before, what !== 'added'),
    after: shown(after, what !== 'removed'),
  });
}

function isSame(before: unknown, after: unknown): boolean {
  if (before === after || Object.is(before, after)) return true;
  return textOf(before) === textOf(after);
}

function textOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // A recursive YAML alias.
    return String(value);
  }
}

const OTHER = { added: 'removed', removed: 'added', changed: 'changed' } as const;

/** Returns the values with before and after exchanged. */
export function reversedValues(values: readonly ValueChange[]): ValueChange[] {
  return values.map(({ path, what, before, after }) => ({
    path,
    what: OTHER[what],
    before: after,
    after: before,
  }));
}
