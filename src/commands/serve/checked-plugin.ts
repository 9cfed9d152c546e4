import type { Context } from '../../cli/context.ts';
import { findingsWriter } from '../../cli/output/findings-text.ts';
import type { Examination } from '../../lint/lint.ts';
import { AMBIGUOUS, ambiguousFindings } from '../../lint/lint.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { Finding } from '../../model/finding.ts';
import { fileWord } from '../../model/shell-word.ts';
import type { PluginSymbol } from '../../model/symbol.ts';
import { releaseOf, type Target } from '../../model/target.ts';

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

const GOARCH: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' };

/** The architecture of this machine by Go's name. */
export function goMachine(): string {
  return GOARCH[process.arch] ?? process.arch;
}

/** A plugin of the command line. */
export interface Named {
  /** The path as it was typed. */
  readonly label: string;
  readonly name: string;
  readonly symbols: readonly PluginSymbol[];
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
