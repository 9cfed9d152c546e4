import type { CaseResult } from '../../cases/run-suite.ts';
import { printable } from '../findings/printable.ts';
import type { Style } from '../terminal/style.ts';

/** A traceback's last lines say what happened. */
const LAST_LOG_LINES = 8;

/** What a failed case expected and got, and what the plugin said meanwhile; lines without indentation. */
export function caseFailureLines(result: CaseResult, style: Style): string[] {
  const place = result.file === null ? '' : `${result.file}:${result.line ?? 1} `;
  return [
    `${style.bold(printable(`${place}${result.name}`))}`,
    ...differenceLines(result, style).map((line) => `  ${line}`),
    ...result.log
      .slice(-LAST_LOG_LINES)
      .map(({ text }) => `  ${style.dim('|')} ${printable(text)}`),
  ];
}

function differenceLines({ message, difference }: CaseResult, style: Style): string[] {
  if (difference === null) return message.split('\n').map(printable);
  const { path, expected, received } = difference;
  return [
    ...(message === '' ? [] : message.split('\n').map(printable)),
    ...valueLines(`${path === '' ? '' : `${path} `}expected`, expected, style.green),
    ...valueLines(`${path === '' ? '' : `${path} `}received`, received, style.red),
  ];
}

function valueLines(label: string, text: string, paint: (text: string) => string): string[] {
  const [first = '', ...rest] = text.split('\n').map(printable);
  const indent = ' '.repeat(label.length + 1);
  return [`${label} ${paint(first)}`, ...rest.map((line) => `${indent}${paint(line)}`)];
}
