/** Major, minor and patch. */
export type Version = readonly [number, number, number];

/** Parses `1.25.4`; missing numbers are 0 (`go1.26rc1`, `2.1`). Null when the text contains no version. */
export function versionIn(text: string): Version | null {
  const match = /(\d{1,9})\.(\d{1,9})(?:\.(\d{1,9}))?/.exec(text);
  if (match === null) return null;
  return [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
}

/** Compares numerically (2.10 is newer than 2.9): negative when the first is older, positive when it is newer. */
export function compareVersions(one: Version, other: Version): number {
  for (const place of [0, 1, 2] as const) {
    if (one[place] !== other[place]) return one[place] - other[place];
  }
  return 0;
}

/** Whether a version is `minimum` or newer; true when it cannot be parsed. */
export function atLeastVersion(text: string, minimum: string): boolean {
  const have = versionIn(text);
  const want = versionIn(minimum);
  return have === null || want === null || compareVersions(have, want) >= 0;
}

/** Versions from `since` on and before `before`; a missing bound does not limit. */
export interface VersionRange {
  readonly since?: Version;
  readonly before?: Version;
}

/** Whether a version is in a range; null (a version that cannot be parsed) counts as newer than all. */
export function isWithin(version: Version | null, { since, before }: VersionRange): boolean {
  if (version === null) return before === undefined;
  return (
    (since === undefined || compareVersions(version, since) >= 0) &&
    (before === undefined || compareVersions(version, before) < 0)
  );
}
