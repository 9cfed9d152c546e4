const UNITS = ['kB', 'MB', 'GB', 'TB'];

/** `512 B`, `1.2 kB`, `34 MB` (decimal units). */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  let value = bytes;
  let unit = -1;
  // 999.95 would round to 1000.0
  while (value >= 999.95 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}

/** `0755`; `-` for null. */
export function modeText(mode: number | null): string {
  return mode === null ? '-' : mode.toString(8).padStart(4, '0');
}

/** `1 file`, `2 files` */
export function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
