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

/** What one eKuiper line does with a plugin. Sources: docs/ekuiper.md, docs/files.md. */
export interface Manners {
  /** Install starts the process and waits for its handshake (2.0+); before, the first rule does. */
  readonly startsAtInstall: boolean;
  /** `GET /plugins/portables/{name}/status` exists (2.0+). */
  readonly hasStatus: boolean;
  /** The upload's path comes back HTML-escaped (2.0+). */
  readonly escapesUploadPath: boolean;
  /** Zip entry names are cleaned before they are matched (2.1.3+). */
  readonly cleansEntryNames: boolean;
  /** Of several manifests the first counts (2.0+); before, the last. */
  readonly readsFirstManifest: boolean;
  /** A file's parent is made with one-level mkdir (2.4). */
  readonly makesOneDirectoryLevel: boolean;
  /** Symlinks and setuid entries are refused (2.2+); before, a link became a text file. */
  readonly refusesSpecialModes: boolean;
  /** Any name with `..` in it, even `a..b`, is refused (2.3 only). */
  readonly refusesDoubleDots: boolean;
  /** Names that leave the plugin's folder are refused (2.2+); before, they were written outside. */
  readonly refusesEscapes: boolean;
  /** Source YAML keys arrive in lower case unless the source's JSON lists them (2.x). */
  readonly lowersYamlKeys: boolean;
  /** Where `sources/ sinks/ functions/` are unpacked to. */
  readonly symbolFileRoots: readonly ('etc' | 'data')[];
  /** `http://127.0.0.1/…` and private addresses are refused as plugin URLs (2.4). */
  readonly refusesPrivateNet: boolean;
  /** Python is started with `-u` (2.1.1+). */
  readonly startsPythonUnbuffered: boolean;
}

const RANKS: readonly Target[] = TARGET_NAMES;

/** Whether `target` is `since` or newer. */
export function atLeast(target: Target, since: Target): boolean {
  return RANKS.indexOf(target) >= RANKS.indexOf(since);
}

/** What the given line does; see {@link Manners}. */
export function mannersOf(target: Target): Manners {
  const from = (since: Target): boolean => atLeast(target, since);
  return {
    startsAtInstall: from('2.0'),
    hasStatus: from('2.0'),
    escapesUploadPath: from('2.0'),
    cleansEntryNames: from('2.1'),
    readsFirstManifest: from('2.0'),
    makesOneDirectoryLevel: target === '2.4',
    refusesSpecialModes: from('2.2'),
    refusesDoubleDots: target === '2.3',
    refusesEscapes: from('2.2'),
    lowersYamlKeys: from('2.0'),
    symbolFileRoots: target === '1.14' ? ['data'] : target < '2.2' ? ['etc'] : ['etc', 'data'],
    refusesPrivateNet: target === '2.4',
    startsPythonUnbuffered: from('2.1'),
  };
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
