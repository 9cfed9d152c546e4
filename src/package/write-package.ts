import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { EXIT, KpluginError } from '../model/error.ts';
import type { PlannedEntry } from './plan/assemble.ts';
import { writeAtomically, writeInScratch } from './write/atomic-file.ts';
import { type WriteOptions, type WrittenZip, writeZip } from './write/write-zip.ts';
import { sizeProblems } from './zip/limits.ts';

/** `new`: there was no such file; `unchanged`: it had exactly these bytes already and was left alone. */
export type PackageResult = 'new' | 'unchanged' | 'replaced';

export interface WrittenPackage extends WrittenZip {
  /** Absolute path. */
  readonly file: string;
  readonly result: PackageResult;
}

export interface PackageOptions extends Omit<WriteOptions, 'sink'> {
  /** Milliseconds, for the housekeeping of what killed runs left. */
  readonly now: number;
}

/**
 * Writes a package into a temporary folder of this command, for what the command does with it: nobody else looks for
 * it there, and it goes with the folder. Throws what {@link writeZip} and {@link writeInScratch} throw.
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
 * Writes a package to a file, completely or not at all. An existing file is a build product and is replaced,
 * unless it holds exactly these bytes already. Throws what {@link writeZip} and {@link writeAtomically} throw.
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

/** What is packed can be read again: how well it compresses is known only now. */
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

/** What the package would be, without writing it anywhere. */
export function measurePackage(
  entries: readonly PlannedEntry[],
  options: Omit<WriteOptions, 'sink'>,
): Promise<WrittenZip> {
  return writeZip(entries, { ...options, sink: () => Promise.resolve() });
}

/** Hex digest of a regular file; null when there is none. */
export async function sha256Of(file: string): Promise<string | null> {
  const stats = await stat(file).catch(() => null);
  if (!stats?.isFile()) return null;
  const hash = createHash('sha256');
  // A link into /proc has no end.
  if (stats.size > 0) {
    for await (const piece of createReadStream(file, { end: stats.size - 1 })) hash.update(piece);
  }
  return hash.digest('hex');
}
