import { severityText } from '../../cli/output/severity-text.ts';
import type { Style } from '../../cli/output/style.ts';
import type { Rule } from '../../lint/rule.ts';

/** A rule in full: meaning, reason, issues, examples. */
export function explanationText(rule: Rule, style: Style): string {
  const { means, why, issues, bad, good } = rule.explanation;
  const parts = [
    `${style.bold(rule.id)}  ${severityText(rule.severity, style)}`,
    wrapped(means),
    `${style.bold('What eKuiper does')}\n${wrapped(why)}`,
    issues.length > 0 ? `${style.bold('Issues')}\n${issues.map(issueLink).join('\n')}` : '',
    `${style.red('Bad')}\n${indent(bad)}`,
    `${style.green('Good')}\n${indent(good)}`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Every rule by group, one line each. */
export function ruleListText(
  groups: Readonly<Record<string, readonly Rule[]>>,
  style: Style,
): string {
  const width = Math.max(
    ...Object.values(groups).flatMap((rules) => rules.map(({ id }) => id.length)),
  );
  return Object.entries(groups)
    .filter(([, rules]) => rules.length > 0)
    .map(([group, rules]) => {
      const lines = rules.map(
        ({ id, severity }) => `  ${id.padEnd(width)}  ${severityText(severity, style)}`,
      );
      return `${style.bold(group)}\n${lines.join('\n')}\n`;
    })
    .join('\n');
}

const COLUMNS = 90;

/** Breaks a paragraph at spaces into lines that fit a terminal. */
export function wrapped(text: string): string {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= COLUMNS) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}

function issueLink(issue: string): string {
  return `https://github.com/lf-edge/ekuiper/issues/${issue.replace('#', '')}`;
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}
