import { countFindings, type Finding } from '../../model/finding.ts';
import type { Style } from '../terminal/style.ts';
import { visible } from '../terminal/visible.ts';

/** Findings in short, three lines each: what, why, fix. Empty text for none. */
export function findingsText(findings: readonly Finding[], style: Style): string {
  return findings.map((finding) => findingText(finding, style)).join('');
}

/** `2 errors, 1 warning` */
export function countText(findings: readonly Finding[]): string {
  const counts = countFindings(findings);
  const parts = [
    plural(counts.error, 'error'),
    plural(counts.warning, 'warning'),
    plural(counts.info, 'note'),
  ];
  return parts.filter((part) => part !== '').join(', ') || 'no findings';
}

function findingText(finding: Finding, style: Style): string {
  const { file, line, column, message, rule } = finding;
  const place = line === null ? file : `${file}:${line}:${column ?? 1}`;
  const severity = paint(finding.severity, style);
  return (
    `${severity} ${style.bold(visible(place))}: ${visible(message)} ${style.dim(`[${rule}]`)}\n` +
    `  ${style.dim('why')}  ${visible(finding.effect)}\n` +
    `  ${style.dim('fix')}  ${visible(finding.hint)}\n`
  );
}

function paint(severity: Finding['severity'], style: Style): string {
  if (severity === 'error') return style.red('error');
  return severity === 'warning' ? style.yellow('warning') : style.cyan('note');
}

function plural(count: number, word: string): string {
  if (count === 0) return '';
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
