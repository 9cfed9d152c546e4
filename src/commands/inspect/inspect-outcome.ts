import type { Outcome } from '../../cli/outcome.ts';
import { modeText } from '../../cli/output/size.ts';
import { findingsWriter } from '../../cli/output/writer.ts';
import { AMBIGUOUS, ambiguousFindings } from '../../lint/ambiguous.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { maskedLines } from '../../model/secrets/masked-lines.ts';
import type { Target } from '../../model/target.ts';
import type { DirectoryView } from '../../package/directory-view.ts';
import { type Inspection, inspect } from '../../package/inspect.ts';
import type { ZipView } from '../../package/zip-view.ts';
import { inspectText } from './inspect-text.ts';

/** Everything about a package or project: identity, entries, digests, install.sh, findings. */
export async function inspectOutcome(
  view: DirectoryView | ZipView,
  target: Target,
): Promise<Outcome> {
  const inspection = await inspect(view, target);
  const list = await findingsWriter(inspection.findings, inspection.subject);
  const failed = inspection.findings.some(({ severity }) => severity === 'error');
  return {
    data: dataOf(inspection, view.label),
    human: (style) => inspectText(inspection, list, view.label, style),
    ...(failed ? { error: hasErrors(inspection) } : {}),
  };
}

function dataOf(inspection: Inspection, label: string): Record<string, unknown> {
  const { entries, subject: _, installScript, ...rest } = inspection;
  return {
    label,
    ...rest,
    // In lines: what the shell runs, with stars for secrets; outputs end in logs.
    installScript: installScript && maskedLines('install.sh', installScript.split('\n')).join('\n'),
    entries: entries.map((entry) => ({
      ...entry,
      mode: entry.mode === null ? null : modeText(entry.mode),
    })),
  };
}

function hasErrors({ findings }: Inspection): KpluginError {
  if (ambiguousFindings(findings).length > 0) {
    const { message, hint } = AMBIGUOUS;
    const code = 'package-ambiguous';
    return new KpluginError({ code, exit: EXIT.findings, message, hint, findings });
  }
  return new KpluginError({
    code: 'findings',
    exit: EXIT.findings,
    message: 'eKuiper would refuse or misread this plugin',
    hint: 'mend what the findings say; kplugin explain <rule> tells more',
    findings,
  });
}
