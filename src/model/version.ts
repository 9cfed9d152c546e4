/** Major, minor and patch. */
export type Version = readonly [number, number, number];

/** `1.25.4` as numbers; `go1.26rc1` and `2.1` with 0 for what is not there. Null when there is no version in the text. */
export function versionIn(text: string): Version | null {
  const match = /(\d{1,9})\.(\d{1,9})(?:\.(\d{1,9}))?/.exec(text);
  if (match === null) return null;
  return [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
}

/** Below zero where the first is older, above zero where it is newer, by numbers: 2.10 is newer than 2.9. */
export function compareVersions(one: Version, other: Version): number {
  for (const place of [0, 1, 2] as const) {
    if (one[place] !== other[place]) return one[place] - other[place];
  }
  return 0;
}

/** Whether a version is `minimum` or newer; one that cannot be read is. */
export function atLeastVersion(text: string, minimum: string): boolean {
  const have = versionIn(text);
  const want = versionIn(minimum);
  return have === null || want === null || compareVersions(have, want) >= 0;
}

/** Versions from `since` on and before `before`; either left out: no bound. */
export interface VersionRange {
  readonly since?: Version;
  readonly before?: Version;
}

/** Whether a version lies in a range; null, one that cannot be read, counts as newer than all. */
export function isWithin(version: Version | null, { since, before }: VersionRange): boolean {
  if (version === null) return before === undefined;
  return (
    (since === undefined || compareVersions(version, since) >= 0) &&
    (before === undefined || compareVersions(version, before) < 0)
  );
}
