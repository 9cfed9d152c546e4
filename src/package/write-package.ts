import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { EXIT, KpluginError } from '../model/error.ts';
import { isHarmless } from '../model/view.ts';
import type { PlannedEntry } from './plan/planned-entries.ts';
import { blockingProblem, contentsOf, digestView } from './view-contents.ts';
import { writeAtomically, writeInScratch } from './write/atomic-file.ts';
import type { WrittenEntry } from './write/feed-entry.ts';
import { type WriteOptions, type WrittenZip, writeZip } from './write/write-zip.ts';
import { sizeProblems } from './zip/limits.ts';
import { openZipView } from './zip-view.ts';

/** `new`: the file did not exist; `unchanged`: it already had exactly these bytes and was not written. */
export type PackageResult = 'new' | 'unchanged' | 'replaced';

interface WrittenPackage extends WrittenZip {
  /** Absolute path. */
  readonly file: string;
  readonly result: PackageResult;
}

interface PackageOptions extends Omit<WriteOptions, 'sink'> {
  /** Current time in milliseconds, to find stale files of killed runs. */
  readonly now: number;
}

/**
 * Writes a package to a file, completely or not at all. An existing file is a build product and is replaced, unless
 * it already has exactly these bytes. Throws what {@link writeZip} and {@link writeAtomically} throw.
 */
export async function writePackage(
  entries: readonly PlannedEntry[],
  file: string,
  { now, ...options }: PackageOptions,
): Promise<WrittenPackage> {
  return writeAtomically(file, now, async (sink) => {
    const zip = await writeZip(entries, { ...options, sink });
    assertReadable(zip);
    const before = await sha256Of(file);
    const result = before === null ? 'new' : before === zip.sha256 ? 'unchanged' : 'replaced';
    return { keep: result !== 'unchanged', result: { ...zip, file, result } };
  });
}

/**
 * Writes a package into a private temporary directory of the command, which is removed together with it. Throws what
 * {@link writeZip} and {@link writeInScratch} throw.
 */
export async function writeScratchPackage(
  entries: readonly PlannedEntry[],
  file: string,
  options: Omit<WriteOptions, 'sink'>,
): Promise<WrittenZip> {
  return writeInScratch(file, async (sink) => {
    const zip = await writeZip(entries, { ...options, sink });
    assertReadable(zip);
    return zip;
  });
}

/** Verifies that kplugin itself can read the package: its compression ratio is known only now. */
function assertReadable({ unpackedSize, size }: WrittenZip): void {
  const [problem] = sizeProblems(unpackedSize, size);
  if (problem === undefined) return;
  throw new KpluginError({
    code: 'package-too-big',
    exit: EXIT.findings,
    message: `nothing was packed: ${problem.detail}`,
    reason: 'kplugin takes such a package for a zip bomb and does not read it',
    hint: 'leave out what the plugin does not need to run; make large empty files in install.sh or at run time',
  });
}

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
  const packed = await writeZip(entries, { ...options, sink: () => Promise.resolve() });
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

/** Hex digest of a regular file; null when it does not exist. */
async function sha256Of(file: string): Promise<string | null> {
  const stats = await stat(file).catch(() => null);
  if (!stats?.isFile()) return null;
  const hash = createHash('sha256');
  // A link into /proc may be endless; its size is 0.
  if (stats.size > 0) {
    for await (const piece of createReadStream(file, { end: stats.size - 1 })) hash.update(piece);
  }
  return hash.digest('hex');
}
