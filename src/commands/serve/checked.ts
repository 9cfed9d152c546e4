import type { Context } from '../../cli/context.ts';
import { findingsWriter } from '../../cli/output/writer.ts';
import type { Examination } from '../../lint/lint.ts';
import { AMBIGUOUS, ambiguousFindings } from '../../lint/subject/ambiguous.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { Finding } from '../../model/finding.ts';
import { fileWord } from '../../model/shell-word.ts';
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
