import type { Finding, Severity } from '../../model/finding.ts';
import { ownCommand } from './escape-output.ts';
import { printable } from './printable.ts';

const LEVEL: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * Findings as GitHub workflow commands, which become annotations. `place` converts a path in the plugin to a path in
 * the repository. Source: docs.github.com, "Workflow commands for GitHub Actions".
 */
export function githubFindings(
  findings: readonly Finding[],
  place: (file: string) => string,
): string {
  return findings.map((finding) => ownCommand(annotation(finding, place(finding.file)))).join('');
}

function annotation(finding: Finding, file: string): string {
  const { line, column, length, rule, severity, message, effect, hint } = finding;
  const properties = [
    ['file', file],
    ...(line === null
      ? []
      : [
          ['line', String(line)],
          ['col', String(column ?? 1)],
          ['endColumn', String((column ?? 1) + length)],
        ]),
    ['title', rule],
  ];
  const list = properties.map(([key, value]) => `${key}=${property(value ?? '')}`).join(',');
  const text = [message, effect, `Fix: ${hint}`].map(printable).join('\n');
  return `::${LEVEL[severity]} ${list}::${data(text)}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(printable(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
