/** The eKuiper lines that kplugin knows, oldest first; each was run at the patch level named here. */
export const TARGETS = {
  '1.14': '1.14.7',
  '2.0': '2.0.8',
  '2.1': '2.1.5',
  '2.2': '2.2.5',
  '2.3': '2.3.1',
  '2.4': '2.4.0',
} as const;

export type Target = keyof typeof TARGETS;

export const TARGET_NAMES = Object.keys(TARGETS) as readonly Target[];

export const NEWEST_TARGET: Target = '2.4';

const RANKS: readonly Target[] = TARGET_NAMES;

/** Whether `target` is `since` or newer. */
export function atLeast(target: Target, since: Target): boolean {
  return RANKS.indexOf(target) >= RANKS.indexOf(since);
}

/**
 * The line that a server's version belongs to (`2.4.0-alpha.2` → `2.4`), newest for anything newer,
 * oldest for anything older; null when the text is no version at all.
 */
export function targetOfVersion(version: string): Target | null {
  const match = /^v?(\d+)\.(\d+)/.exec(version.trim());
  if (!match) return null;
  const wanted = Number(match[1]) * 1000 + Number(match[2]);
  const known = RANKS.filter((target) => lineNumber(target) <= wanted);
  return known.at(-1) ?? RANKS[0] ?? NEWEST_TARGET;
}

function lineNumber(target: Target): number {
  const [major, minor] = target.split('.');
  return Number(major) * 1000 + Number(minor);
}
