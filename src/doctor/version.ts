/** `1.25.4` as numbers; `go1.26rc1` as 1.26.0. Null when there is no version in the text. */
export function versionIn(text: string): readonly [number, number, number] | null {
  const match = /(\d{1,9})\.(\d{1,9})(?:\.(\d{1,9}))?/.exec(text);
  if (match === null) return null;
  return [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
}

/** Whether a version is `floor` or newer; one that cannot be read is. */
export function atLeastVersion(text: string, floor: string): boolean {
  const have = versionIn(text);
  const want = versionIn(floor);
  if (have === null || want === null) return true;
  for (const place of [0, 1, 2] as const) {
    if (have[place] !== want[place]) return have[place] > want[place];
  }
  return true;
}
