import { parseDuration } from '../../model/duration.ts';

/** Settings whose milliseconds eKuiper 2.x converts to durations: `interval: 1000` is returned as `"1s"`. */
const DURATIONS: ReadonlySet<string> = new Set(['cachettl', 'timeout', 'expiration', 'interval']);

/** Settings that eKuiper renames or shows as stars, so they cannot be compared. */
const HIDDEN: ReadonlySet<string> = new Set(['url', 'dburl', 'password', 'saslpassword']);

/** Whether eKuiper treats a setting of this name as a duration. */
export function isDuration(key: string): boolean {
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
