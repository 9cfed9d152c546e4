import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Context } from '../../cli/context.ts';
import { EXIT, KpluginError, untilAborted } from '../../model/error.ts';
import type { Target } from '../../model/target.ts';
import { buildProject } from '../../package/build/build-project.ts';
import { inspect } from '../../package/inspect.ts';
import { prepareProject } from '../../package/prepare.ts';
import { writeScratchPackage } from '../../package/write-package.ts';
import { openZipView } from '../../package/zip-view.ts';
import type { Named } from './checked-plugin.ts';
import { goMachine, refuseErrors, sayFindings } from './checked-plugin.ts';

/** A plugin of the command line as a package to install. */
export interface NamedPackage extends Named {
  /** The absolute path of the zip. */
  readonly zip: string;
  /** The absolute path of the project; null for a zip. */
  readonly directory: string | null;
}

export interface PackageOptions {
  readonly target: Target;
  /** An existing directory for packages that are made here. */
  readonly scratch: string;
}

/**
 * Builds, checks and packs a project like `pack`, or checks a zip; prints warnings. Throws exit 1 with printed findings
 * for what eKuiper would reject or ignore, exit 2 when the path does not exist.
 */
export async function packageOf(
  label: string,
  options: PackageOptions,
  context: Context,
): Promise<NamedPackage> {
  const path = resolve(context.cwd, label);
  const stats = await stat(path).catch(() => null);
  if (stats === null) throw notThere(label);
  return stats.isDirectory()
    ? packed(path, label, options, context)
    : checkedZip(path, label, options.target, context);
}

async function packed(
  directory: string,
  label: string,
  { target, scratch }: PackageOptions,
  context: Context,
): Promise<NamedPackage> {
  const { env, signal, log } = context;
  await buildProject({
    directory,
    arch: goMachine(),
    env,
    signal,
    onStart: (command) => log.info(command),
    onLine: (line) => log.debug(line),
  });
  const { findings, subject, plan, identity } = await prepareProject(directory, {
    target,
    label,
    signal,
  });
  await sayFindings({ findings, subject }, context);
  refuseErrors(findings, label, target);
  const name = identity.name ?? '';
  const zip = join(scratch, `${name}.zip`);
  await writeScratchPackage(plan.entries, zip, { date: new Date(), signal });
  return { label, name, symbols: identity.symbols, zip, directory };
}

async function checkedZip(
  zip: string,
  label: string,
  target: Target,
  context: Context,
): Promise<NamedPackage> {
  const view = await openZipView(zip, label);
  try {
    const { findings, subject, identity } = await untilAborted(
      context.signal,
      inspect(view, target),
    );
    await sayFindings({ findings, subject }, context);
    refuseErrors(findings, label, target);
    const { name, symbols } = identity;
    return { label, name: name ?? '', symbols, zip, directory: null };
  } finally {
    await view.close();
  }
}

function notThere(label: string): KpluginError {
  return new KpluginError({
    code: 'plugin-not-found',
    exit: EXIT.usage,
    message: `there is no plugin at ${label}`,
    hint: 'give the directory of a project or a package (.zip)',
  });
}
