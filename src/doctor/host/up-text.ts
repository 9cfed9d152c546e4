/**
 * The uptime in the largest unit of which there are at least two: `90 seconds`, `15 minutes`, `40 hours`, `12 days`.
 */
export function upText(seconds: number): string {
  const units = [
    ['days', 86_400],
    ['hours', 3600],
    ['minutes', 60],
  ] as const;
  const [unit, length] = units.find(([, length]) => seconds >= 2 * length) ?? ['seconds', 1];
  const count = Math.floor(seconds / length);
  return `${count} ${count === 1 ? unit.slice(0, -1) : unit}`;
}
