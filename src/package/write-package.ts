import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { EXIT, KpluginError } from '../model/error.ts';
import type { PlannedEntry } from './plan/assemble.ts';
import { writeAtomically, writeInScratch } from './write/atomic-file.ts';
import { type WriteOptions, type WrittenZip, writeZip } from './write/write-zip.ts';
import { sizeProblems } from './zip/limits.ts';

/** `new`: the file did not exist; `unchanged`: it already had exactly these bytes and was not written. */
export type PackageResult = 'new' | 'unchanged' | 'replaced';

export interface WrittenPackage extends WrittenZip {
  /** Absolute path. */
  readonly file: string;
  readonly result: PackageResult;
}

export interface PackageOptions extends Omit<WriteOptions, 'sink'> {
  /** Current time in milliseconds, to find stale files of killed runs. */
  readonly now: number;
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

/** The size and digests of the package, without writing it. */
export function measurePackage(
  entries: readonly PlannedEntry[],
  options: Omit<WriteOptions, 'sink'>,
): Promise<WrittenZip> {
  return writeZip(entries, { ...options, sink: () => Promise.resolve() });
}

/** Hex digest of a regular file; null when it does not exist. */
export async function sha256Of(file: string): Promise<string | null> {
  const stats = await stat(file).catch(() => null);
  if (!stats?.isFile()) return null;
  const hash = createHash('sha256');
  // A link into /proc may be endless; its size is 0.
  if (stats.size > 0) {
    for await (const piece of createReadStream(file, { end: stats.size - 1 })) hash.update(piece);
  }
  return hash.digest('hex');
}
