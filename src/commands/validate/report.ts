import path from 'node:path';
import { countText } from '../../cli/output/count-text.ts';
import { githubFindings } from '../../cli/output/github.ts';
import { printable } from '../../cli/output/printable.ts';
import type { Style } from '../../cli/output/style.ts';
import { findingsWriter } from '../../cli/output/writer.ts';
import type { Examination } from '../../lint/lint.ts';
import { bySeverity, type Finding } from '../../model/finding.ts';
import { TARGETS, type Target } from '../../model/target.ts';

export type Format = 'pretty' | 'json' | 'github';

/** What `validate` was asked: the plugin as the user names it, and for which eKuiper. */
export interface Asked {
  readonly target: Target;
  readonly label: string;
  readonly cwd: string;
  /** The root of the checkout, from which GitHub's annotations count their paths. */
  readonly workspace: string;
}

/** The findings with the lines they point at; the returned writer needs the view no more. */
export async function prettyReport(
  examination: Examination,
  asked: Asked,
): Promise<(style: Style) => Promise<string>> {
  const list = await findingsWriter(examination.findings, examination.subject);
  return async (style) => `${await list(style)}${summaryLine(examination, asked, style)}\n`;
}

/** The findings as annotations; those of a package stand at the package, which has no lines. */
export function githubReport({ findings, subject }: Examination, asked: Asked): string {
  const root = path.resolve(asked.cwd, asked.label);
  const shown = subject.view.form === 'zip' ? findings.map(withoutPlace) : findings;
  return githubFindings(shown, (file) => {
    const full =
      subject.view.form === 'zip' || file === subject.view.label ? root : path.join(root, file);
    return path.relative(asked.workspace, full).split(path.sep).join('/') || '.';
  });
}

function withoutPlace(finding: Finding): Finding {
  const { file, line, message } = finding;
  const place = line === null ? file : `${file}:${line}`;
  return { ...finding, line: null, column: null, message: `${place}: ${message}` };
}

/** `2 errors, 1 warning in probe 1.0.0, checked for eKuiper 2.4.0` */
export function summaryLine(
  { findings, subject }: Examination,
  asked: Asked,
  style: Style,
): string {
  const plugin =
    subject.name === null ? asked.label : `${subject.name} ${subject.decoded?.version ?? ''}`;
  const where = `${printable(plugin.trim())}, checked for eKuiper ${TARGETS[asked.target]}`;
  if (findings.length === 0) return `${style.green('ok')}  no findings in ${where}`;
  const worst = [...findings].sort(bySeverity)[0];
  const more = style.dim(`more about it, and so for every rule: kplugin explain ${worst?.rule}`);
  return `${style.bold(countText(findings))} in ${where}\n${more}`;
}
