/** The eKuiper lines that kplugin knows, oldest first, with the patch level that was run. */
export const TARGETS = {
  '1.14': '1.14.7',
  '2.0': '2.0.8',
  '2.1': '2.1.5',
  '2.2': '2.2.5',
  '2.3': '2.3.1',
  '2.4': '2.4.0',
} as const;

/** A line of eKuiper that kplugin knows. */
export type Line = keyof typeof TARGETS;

/**
 * The eKuiper version that a plugin is checked for: a line, which stands for the patch level that was run, or a patch
 * level (`2.1.2`).
 */
export type Target = Line | `${Line}.${number}`;

export const TARGET_NAMES = Object.keys(TARGETS) as readonly Line[];

export const NEWEST_TARGET: Line = '2.4';

const RANKS: readonly Line[] = TARGET_NAMES;

/** Whether `target` is `since` or newer. */
export function atLeast(target: Target, since: Line): boolean {
  return RANKS.indexOf(lineOf(target)) >= RANKS.indexOf(since);
}

/** `2.1.2` and `2.1` → `2.1` */
export function lineOf(target: Target): Line {
  return RANKS.find((line) => line === target || target.startsWith(`${line}.`)) ?? NEWEST_TARGET;
}

/** The release of a target: `2.1` → `2.1.5`, the one that was run; `2.1.2` → itself. */
export function releaseOf(target: Target): string {
  const line = RANKS.find((one) => one === target);
  return line === undefined ? target : TARGETS[line];
}

/**
 * The line of a server's version (`2.4.0-alpha.2` → `2.4`): the newest for anything newer, the oldest for anything
 * older; null when the text is not a version.
 */
export function targetOfVersion(version: string): Line | null {
  const match = /^v?(\d+)\.(\d+)/.exec(version.trim());
  if (!match) return null;
  const wanted = Number(match[1]) * 1000 + Number(match[2]);
  const known = RANKS.filter((target) => lineNumber(target) <= wanted);
  return known.at(-1) ?? RANKS[0] ?? NEWEST_TARGET;
}

/**
 * The target of a server's version: its line when that patch level was run, else the line with the patch level. For
 * unknown lines as {@link targetOfVersion}; null when the text is not a version.
 */
export function targetOfRelease(version: string): Target | null {
  const line = targetOfVersion(version);
  const patch = /^v?(\d+\.\d+)\.(\d{1,9})/.exec(version.trim());
  if (line === null || patch?.[1] !== line) return line;
  const target: Target = `${line}.${Number(patch[2])}`;
  return target === TARGETS[line] ? line : target;
}

function lineNumber(target: Line): number {
  const [major, minor] = target.split('.');
  return Number(major) * 1000 + Number(minor);
}

/** Major, minor and patch. */
type Version = readonly [number, number, number];

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
