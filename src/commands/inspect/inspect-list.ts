import type { Outcome } from '../../cli/outcome.ts';
import { printable } from '../../cli/output/printable.ts';
import { modeText } from '../../cli/output/size.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { Target } from '../../model/target.ts';
import type { PluginView, ViewProblem } from '../../model/view.ts';
import { entriesText } from './entries-text.ts';

/** `inspect --list`: the entries, and what keeps the container from being read as it stands. */
export async function listOutcome(view: PluginView, target: Target): Promise<Outcome> {
  const { label, entries, problems } = view;
  const failed = problems.length > 0 && (await hasPackageErrors(view, target));
  return {
    data: {
      label,
      entries: entries.map(({ path, rawName, kind, size, mode }) => {
        return { path, rawName, kind, size, mode: mode === null ? null : modeText(mode) };
      }),
      problems,
    },
    human: (style) => [...entriesText(entries, style), ...problems.map(problemLine)],
    ...(failed ? { error: hasProblems() } : {}),
  };
}

/** As `inspect` and `validate` judge: a problem may be a warning. Loaded only then: a bare listing needs no rules. */
async function hasPackageErrors(view: PluginView, target: Target): Promise<boolean> {
  const { packageFindings } = await import('../../lint/package-findings.ts');
  const findings = await packageFindings(view, { target });
  return findings.some(({ severity }) => severity === 'error');
}

function problemLine({ entry, detail }: ViewProblem): string {
  return `${printable(entry === null ? detail : `${entry}: ${detail}`)}\n`;
}

function hasProblems(): KpluginError {
  return new KpluginError({
    code: 'package-problems',
    exit: EXIT.findings,
    message: 'something is wrong with the package itself',
    hint: 'the same command without --list explains it',
  });
}
