import type { Context } from '../../cli/context.ts';
import type { Outcome } from '../../cli/outcome.ts';
import { fileWord } from '../../model/shell-word.ts';
import { statsAt } from '../../package/files/regular-file.ts';
import { writeZip } from '../../package/write/write-zip.ts';
import { type PackageResult, writePackage } from '../../package/write-package.ts';
import { shownPath } from './output-place.ts';
import { identityData, reportView, secretLines, strictData, zipData } from './pack-report.ts';
import type { Source } from './prepare-pack.ts';

/** Writes the package to a file; prints its path on stdout and the report on stderr. */
export async function packToFile(
  source: Source,
  file: string,
  date: Date,
  context: Context,
): Promise<Outcome> {
  const shown = shownPath(file, context.cwd);
  const written = await withProgress(source, context, (onProgress) =>
    writePackage(source.plan.entries, file, {
      date,
      now: Date.now(),
      signal: context.signal,
      onProgress,
    }),
  );
  const below = [...secretLines(source), ...resultLines(written.result)];
  await context.log.show({ ...reportView(written, shown), below });
  return {
    data: {
      file,
      result: written.result,
      ...identityData(source),
      ...zipData(written),
      ...strictData(source),
      findings: source.findings,
      fixed: source.fixed,
    },
    view: () => ({ lines: [shown] }),
    // A device or pipe cannot be installed.
    ...(statsAt(file)?.isFile()
      ? { next: [`kplugin install ${fileWord(shown)} --host <host>`] }
      : {}),
  };
}

/** Writes only the package's bytes to stdout; stops without an error when the reader closes the pipe. */
export async function packToStdout(source: Source, date: Date, context: Context): Promise<Outcome> {
  const gone = new AbortController();
  const signal = AbortSignal.any([context.signal, gone.signal]);
  const sink = async (piece: Buffer): Promise<void> => {
    if (!(await writeToStdout(piece))) gone.abort();
  };
  try {
    const written = await withProgress(source, context, (onProgress) =>
      writeZip(source.plan.entries, { date, signal, onProgress, sink }),
    );
    const below = secretLines(source);
    await context.log.show({ ...reportView(written, source.fileName), below });
  } catch (thrown) {
    if (!gone.signal.aborted) throw thrown;
  }
  return { data: null, view: () => [] };
}

/** Resolves to whether the reader still reads. Other errors are handled by src/cli/report.ts. */
function writeToStdout(piece: Buffer): Promise<boolean> {
  return new Promise((resolve) => process.stdout.write(piece, (error) => resolve(!error)));
}

/** Minimum size in bytes for a progress bar. */
const SHOWN_FROM = 5_000_000;

async function withProgress<T>(
  { plan }: Source,
  { log }: Context,
  work: (onProgress: (bytes: number) => void) => Promise<T>,
): Promise<T> {
  const total = plan.entries.reduce((sum, entry) => sum + entry.size, 0);
  // A bar for a short time would only flicker.
  if (total < SHOWN_FROM) return work(() => {});
  const bar = log.progress('Packing', total);
  try {
    return await work((bytes) => bar.update(bytes));
  } finally {
    bar.end();
  }
}

function resultLines(result: PackageResult): string[] {
  if (result === 'new') return [];
  return [result === 'unchanged' ? '  unchanged' : '  a file with another content was replaced'];
}
