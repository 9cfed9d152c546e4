import { parse } from 'yaml';

/** A source's YAML as Go marshals it: keys in order at every level; null when it is no map of groups. */
export function sourceConfigOf(text: string): unknown {
  try {
    const value: unknown = parse(text);
    return isMap(value) ? sorted(value) : null;
  } catch {
    // eKuiper drops what it cannot parse.
    return null;
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isMap(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key])]));
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
