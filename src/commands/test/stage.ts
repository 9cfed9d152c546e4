import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Context } from '../../cli/context.ts';
import { assertManifest } from '../../cli/open-plugin.ts';
import { NO_PROGRESS } from '../../cli/progress.ts';
import { pythonParser } from '../../cli/python-parser.ts';
import type { Examination } from '../../lint/lint.ts';
import { EXIT, KpluginError, untilAborted } from '../../model/error.ts';
import { countFindings } from '../../model/finding.ts';
import type { PluginSymbol } from '../../model/symbol.ts';
import type { Target } from '../../model/target.ts';
import { buildProject, goMachine } from '../../package/build/build-project.ts';
import type { Identity } from '../../package/identity.ts';
import { inspect } from '../../package/inspect.ts';
import { prepareProject } from '../../package/prepare.ts';
import { entryDate } from '../../package/write/write-zip.ts';
import { writeScratchPackage } from '../../package/write-package.ts';
import { openZipView } from '../../package/zip-view.ts';
import { type Declared, declaredIn } from '../../testing/case/declared.ts';
import { refuseErrors, sayFindings } from '../serve/named-plugin.ts';

/** A checked plugin, packed as it would be shipped. */
export interface Staged {
  readonly name: string;
  readonly version: string;
  readonly symbols: readonly PluginSymbol[];
  readonly declared: Declared;
  readonly isPython: boolean;
  /** Absolute path. */
  readonly zip: string;
}

interface StageOptions {
  /** Absolute path and name of the project or zip. */
  readonly path: string;
  readonly label: string;
  readonly target: Target;
  /** An existing directory for the package. */
  readonly scratch: string;
}

/** Whether a path is a project; false for a zip. Throws exit 2 when it does not exist. */
export async function isProject(file: string, label: string): Promise<boolean> {
  const stats = await stat(file).catch(() => null);
  if (stats) return stats.isDirectory();
  throw new KpluginError({
    code: 'plugin-not-found',
    exit: EXIT.usage,
    message: `there is no ${label}`,
    hint: 'give the directory of a project or a package (.zip), then parts of the names of cases',
  });
}

/** Builds the project for this machine, as its language needs. */
export async function buildHere(directory: string, { env, signal, log }: Context): Promise<void> {
  let spinner = NO_PROGRESS;
  try {
    await buildProject({
      directory,
      arch: goMachine(),
      env,
      signal,
      onStart: (command) => {
        log.info(command);
        spinner = log.progress('Building', null);
      },
      onLine: (line) => log.debug(line),
    });
  } finally {
    spinner.end();
  }
}

/** Checks a project for the target and packs it; throws exit 1 for what eKuiper would reject or ignore. */
export async function stageProject(options: StageOptions, context: Context): Promise<Staged> {
  const { path: directory, label, target, scratch } = options;
  const prepared = await prepareProject(directory, {
    target,
    label,
    signal: context.signal,
    parsePython: pythonParser(directory, context),
  });
  await assertManifest(prepared, directory, label);
  await judge(prepared, options, context);
  const zip = path.join(scratch, `${target}-${prepared.fileName}`);
  const date = entryDate(context.env['SOURCE_DATE_EPOCH']);
  await writeScratchPackage(prepared.plan.entries, zip, { date, signal: context.signal });
  return staged(prepared, zip);
}

/** Checks a package for the target. */
export async function stageZip(options: StageOptions, context: Context): Promise<Staged> {
  const view = await openZipView(options.path, options.label);
  try {
    const inspection = await untilAborted(
      context.signal,
      inspect(view, options.target, { parsePython: pythonParser(options.path, context) }),
    );
    await judge(inspection, options, context);
    return staged(inspection, options.path);
  } finally {
    await view.close();
  }
}

async function judge(
  examination: Examination,
  { label, target }: StageOptions,
  context: Context,
): Promise<void> {
  const { error, warning } = countFindings(examination.findings);
  if (error > 0) await sayFindings(examination, context);
  refuseErrors(examination.findings, label, target);
  // Only under --verbose, because tests run often.
  if (warning > 0) context.log.debug(`${warning} warnings: kplugin validate lists them`);
}

function staged(
  { identity, subject }: Examination & { readonly identity: Identity },
  zip: string,
): Staged {
  const { name, version, symbols, language } = identity;
  const isPython = language === 'python';
  return { name: name ?? '', version, symbols, isPython, zip, declared: declaredIn(subject) };
}
