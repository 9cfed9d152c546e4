import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Context } from '../../cli/context.ts';
import { findingsWriter } from '../../cli/output/findings-text.ts';
import { AMBIGUOUS, ambiguousFindings, type Examination } from '../../lint/lint.ts';
import { EXIT, KpluginError, untilAborted } from '../../model/error.ts';
import type { Finding } from '../../model/finding.ts';
import { fileWord } from '../../model/shell-word.ts';
import type { PluginSymbol } from '../../model/symbol.ts';
import { releaseOf, type Target } from '../../model/target.ts';
import { buildProject, goMachine } from '../../package/build/build-project.ts';
import { inspect } from '../../package/inspect.ts';
import { prepareProject } from '../../package/prepare.ts';
import { writeScratchPackage } from '../../package/write-package.ts';
import { openZipView } from '../../package/zip-view.ts';

/** A plugin of the command line. */
export interface Named {
  /** The path as it was typed. */
  readonly label: string;
  readonly name: string;
  readonly symbols: readonly PluginSymbol[];
}

/** A plugin of the command line as a package to install. */
export interface NamedPackage extends Named {
  /** The absolute path of the zip. */
  readonly zip: string;
  /** The absolute path of the project; null for a zip. */
  readonly directory: string | null;
}

interface PackageOptions {
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

/** Prints errors and warnings on stderr, as `pack` does. */
export async function sayFindings(
  { findings, subject }: Examination,
  { log }: Context,
): Promise<void> {
  const shown = findings.filter(({ severity }) => severity !== 'info');
  if (shown.length === 0) return;
  const list = await findingsWriter(shown, subject);
  await log.show(await list());
}

/** Throws exit 1 when eKuiper would reject or ignore the plugin, and for an ambiguous zip. */
export function refuseErrors(findings: readonly Finding[], label: string, target: Target): void {
  const count = findings.filter(({ severity }) => severity === 'error').length;
  if (count === 0) return;
  if (ambiguousFindings(findings).length > 0) {
    const { message, hint } = AMBIGUOUS;
    const code = 'package-ambiguous';
    throw new KpluginError({ code, exit: EXIT.findings, message, hint, findings });
  }
  throw new KpluginError({
    code: 'plugin-has-errors',
    exit: EXIT.findings,
    message: `${label} has ${count === 1 ? 'an error' : `${count} errors`} for eKuiper ${releaseOf(target)}`,
    hint: `kplugin validate ${fileWord(label)} --target ${target}`,
    findings,
  });
}

/** Throws exit 2 for two plugins with the same name, because the second would replace the first. */
export function refuseDuplicates(plugins: readonly Named[]): void {
  for (const [at, { name, label }] of plugins.entries()) {
    const first = plugins.slice(0, at).find((one) => one.name === name);
    if (first === undefined) continue;
    throw new KpluginError({
      code: 'same-plugin-twice',
      exit: EXIT.usage,
      message: `${first.label} and ${label} are both the plugin ${name}`,
      reason: 'a host has one plugin of a name: its control socket is named after it',
      hint: 'name one of them, or serve them with two hosts after renaming one',
    });
  }
}

/** A warning for each symbol of several plugins: eKuiper does not check that, and the last one wins. */
export function sharedSymbols(plugins: readonly Named[]): string[] {
  const owners = new Map<string, string[]>();
  for (const { name, symbols } of plugins) {
    for (const { kind, name: symbol } of symbols) {
      const key = `${kind} ${symbol}`;
      owners.set(key, [...(owners.get(key) ?? []), name]);
    }
  }
  return [...owners]
    .filter(([, names]) => names.length > 1)
    .map(([symbol, names]) => `${symbol} is in ${names.join(' and ')}: ${names.at(-1)} has it`);
}
