import type { Finding } from '../../model/finding.ts';
import { maskedLines } from '../../model/secrets/masked-lines.ts';
import type { SourceText } from '../../model/source-text.ts';
import { excerptOf } from './excerpt.ts';
import { printable } from './printable.ts';
import { severityText } from './severity-text.ts';
import type { Style } from './style.ts';

/** The text of a file that findings point into; null where there is none. */
export type TextOf = (file: string) => Promise<SourceText | null>;

/** Findings for reading: place, message, the line with a caret, what eKuiper does, and the fix. */
export async function prettyFindings(
  findings: readonly Finding[],
  textOf: TextOf,
  style: Style,
): Promise<string> {
  const lineOf = linesOnce();
  const blocks = findings.map(async (finding) =>
    [
      headLine(finding, style),
      ...excerptLines(finding, await textOf(finding.file), lineOf, style),
      `    ${style.dim('why')}  ${printable(finding.effect)}`,
      `    ${style.dim('fix')}  ${printable(finding.hint)}`,
    ].join('\n'),
  );
  return (await Promise.all(blocks)).map((block) => `${block}\n\n`).join('');
}

function headLine({ file, line, column, severity, message, rule }: Finding, style: Style): string {
  const place = line === null ? file : `${file}:${line}:${column ?? 1}`;
  return `${style.bold(printable(place))}  ${severityText(severity, style)}  ${printable(message)}  ${style.dim(`[${rule}]`)}`;
}

type LineOf = (file: string, text: SourceText, line: number) => string;

/** Each file is looked through for secrets once: a thousand findings may be in one line of a megabyte. */
function linesOnce(): LineOf {
  const known = new Map<string, readonly string[]>();
  return (file, text, line) => {
    const lines = known.get(file) ?? maskedLines(file, text.text.split(/\r\n|\n|\r/));
    known.set(file, lines);
    return lines[line - 1] ?? '';
  };
}

function excerptLines(
  finding: Finding,
  text: SourceText | null,
  lineOf: LineOf,
  style: Style,
): string[] {
  if (finding.line === null || text === null) return [];
  const { line, before, under } = excerptOf(
    lineOf(finding.file, text, finding.line),
    finding.column ?? 1,
    finding.length,
  );
  const number = String(finding.line).padStart(6);
  return [
    `${style.dim(`${number} |`)} ${line}`,
    `${style.dim(`${' '.repeat(6)} |`)} ${' '.repeat(before)}${style.red('^'.repeat(under))}`,
  ];
}
