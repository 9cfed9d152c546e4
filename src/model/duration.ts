const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/**
 * Parses a duration in the syntax of Go and eKuiper to milliseconds: `500ms`, `90s`, `1.5m`, `1m30s`; a bare number
 * is seconds. Returns null when it is invalid, zero, or too long for a timer (about 24 days).
 */
export function parseDuration(text: string): number | null {
  const typed = text.trim();
  if (/^\d+(\.\d+)?$/.test(typed)) return inRange(Number(typed) * 1000);
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(typed)) return null;
  let sum = 0;
  for (const [, amount = '0', unit = 's'] of typed.matchAll(/([\d.]{1,99})(ms|s|m|h)/g)) {
    sum += Number(amount) * (UNITS[unit] ?? 0);
  }
  return inRange(sum);
}

/** Formats milliseconds for display, rounded: `800 ms`, `90 s`, `5 min`. */
export function durationText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1000);
  return seconds >= 120 && seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

function inRange(ms: number): number | null {
  return ms > 0 && ms <= 2_147_483_647 ? ms : null;
}
