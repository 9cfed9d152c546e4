import type { Entry, ViewProblem } from '../../model/view.ts';

/** Plugins are far smaller; a zip with this many entries is read and checked within seconds, in less than 300 MB. */
export const MAX_ENTRIES = 100_000;
/** Total bytes of all names: 100 for each of the maximum number of entries. Real paths have half of it. */
export const MAX_NAMES = 10 * 1024 ** 2;
/** eKuiper holds an upload of at most 1 GiB in memory; twice that unpacked is enough for any real plugin. */
export const MAX_TOTAL = 2 * 1024 ** 3;
/** Deflate reaches at most 1032, text about 20; only zip bombs and huge empty files exceed this. */
const MAX_RATIO = 200;
/** Below this unpacked size a high ratio is harmless. */
const RATIO_MATTERS_FROM = 100 * 1024 ** 2;

/** Problems of the sizes in the central directory, which may be wrong; inflates nothing. Sizes in bytes. */
export function sizeProblems(unpacked: number, zipSize: number): ViewProblem[] {
  const problems: ViewProblem[] = [];
  if (unpacked > MAX_TOTAL) {
    problems.push(whole('too-large', `its entries say that they have ${unpacked} bytes together`));
  }
  if (unpacked > RATIO_MATTERS_FROM && unpacked > zipSize * MAX_RATIO) {
    const ratio = Math.floor(unpacked / Math.max(1, zipSize));
    const detail = `its entries say that its ${zipSize} bytes unpack to ${ratio} times as many`;
    problems.push(whole('suspicious-ratio', detail));
  }
  return problems;
}

/** The problem of a listing that exceeds the limits, for reading and writing; `names`: total bytes of all names. */
export function listProblem(entries: number, names: number): ViewProblem | null {
  if (entries <= MAX_ENTRIES && names > MAX_NAMES) {
    const detail = `its entries have names of more than ${MAX_NAMES} bytes together, which is the most that kplugin reads and packs`;
    return whole('too-many-entries', detail);
  }
  return countProblem(entries);
}

/** The problem of too many entries, for reading and writing. */
export function countProblem(entries: number): ViewProblem | null {
  if (entries <= MAX_ENTRIES) return null;
  return whole(
    'too-many-entries',
    `${entries} entries, and kplugin reads and packs at most ${MAX_ENTRIES}`,
  );
}

/**
 * Directories above the entries count like entries, because `pack` writes them as entries: 60,000 deep paths would
 * make about a million of them.
 */
export function folderProblem(entries: readonly Entry[]): ViewProblem | null {
  const most = MAX_ENTRIES - entries.filter(({ kind }) => kind !== 'directory').length;
  const folders = new Set<string>();
  for (const { path, kind } of entries) {
    if (kind === 'directory') folders.add(path);
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      const folder = path.slice(0, slash);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
    if (folders.size > most) {
      const detail = `${entries.length} entries and the folders above them are more than the ${MAX_ENTRIES} that kplugin reads and packs`;
      return whole('too-many-entries', detail);
    }
  }
  return null;
}

/**
 * The limits of kplugin that a planned package exceeds, before anything is written. `entries` with their sizes in
 * bytes.
 */
export function planProblems(
  entries: readonly { readonly path: string; readonly size: number }[],
): ViewProblem[] {
  const names = entries.reduce((sum, { path }) => sum + Buffer.byteLength(path), 0);
  const tooMany = listProblem(entries.length, names);
  const unpacked = entries.reduce((sum, { size }) => sum + size, 0);
  return [...(tooMany ? [tooMany] : []), ...sizeProblems(unpacked, unpacked)];
}

function whole(kind: ViewProblem['kind'], detail: string): ViewProblem {
  return { kind, entry: null, detail };
}
