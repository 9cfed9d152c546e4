import { isHarmless } from '../model/view.ts';
import { digestView } from './digest-view.ts';
import type { PlannedEntry } from './plan/assemble.ts';
import { blockingProblem, contentsOf } from './view-contents.ts';
import type { WrittenEntry } from './write/feed-entry.ts';
import type { WriteOptions, WrittenZip } from './write/write-zip.ts';
import { measurePackage, sha256Of } from './write-package.ts';
import { openZipView } from './zip-view.ts';

/** A difference between a zip and the package that would be written now. */
export interface Difference {
  readonly path: string;
  /** `missing`: only in the project; `extra`: only in the zip. */
  readonly what: 'missing' | 'extra' | 'content' | 'mode' | 'name' | 'order' | 'unreadable';
}

export interface Comparison {
  /** The package that would be written now. */
  readonly packed: WrittenZip;
  /** Whether all bytes are the same. */
  readonly identical: boolean;
  /** Empty when identical, or when only dates or compression differ. */
  readonly differences: readonly Difference[];
}

/**
 * Packs without writing and compares the result with an existing zip. Different bytes with the same entries in the
 * same order are not a difference (another zlib, another SOURCE_DATE_EPOCH). Throws when the file does not exist.
 */
export async function comparePackage(
  entries: readonly PlannedEntry[],
  file: string,
  options: Omit<WriteOptions, 'sink'>,
): Promise<Comparison> {
  const packed = await measurePackage(entries, options);
  const identical = packed.sha256 === (await sha256Of(file));
  return { packed, identical, differences: identical ? [] : await differences(packed, file) };
}

async function differences(packed: WrittenZip, file: string): Promise<Difference[]> {
  const view = await openZipView(file);
  try {
    const hostile = blockingProblem(view);
    if (hostile !== null) return [{ path: file, what: 'unreadable' }];
    const digest = await digestView(view.entries, contentsOf(view));
    const damaged = view.problems
      .filter((problem) => !isHarmless(problem))
      .map(({ entry }): Difference => ({ path: entry ?? file, what: 'unreadable' }));
    const wanted = new Map(packed.entries.map((entry) => [entry.path, entry]));
    const extra = view.entries.filter((entry) => !wanted.has(entry.path));
    const there = new Map(view.entries.map((entry) => [entry.path, entry]));
    const found = [
      ...damaged,
      ...extra.map(({ path }): Difference => ({ path, what: 'extra' })),
      ...packed.entries.flatMap((entry) => compare(entry, there.get(entry.path), digest.files)),
    ];
    return found.length > 0 ? found : orderDifference(packed, view.entries);
  } finally {
    await view.close();
  }
}

function compare(
  entry: WrittenEntry,
  there: { readonly rawName: string; readonly mode: number | null } | undefined,
  files: ReadonlyMap<string, string>,
): Difference[] {
  const { path } = entry;
  if (!there) return [{ path, what: 'missing' }];
  const found: Difference[] = [];
  if (there.rawName.replace(/\/$/, '') !== path) found.push({ path, what: 'name' });
  if (there.mode !== entry.mode) found.push({ path, what: 'mode' });
  if ((files.get(path) ?? null) !== entry.sha256) found.push({ path, what: 'content' });
  return found;
}

function orderDifference(packed: WrittenZip, there: readonly { path: string }[]): Difference[] {
  const at = packed.entries.findIndex((entry, index) => entry.path !== there[index]?.path);
  const path = packed.entries[at]?.path;
  return path === undefined ? [] : [{ path, what: 'order' }];
}
