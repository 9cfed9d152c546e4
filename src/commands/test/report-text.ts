import type { Talk } from '../../cli/context.ts';
import { printable } from '../../cli/output/printable.ts';
import type { Style } from '../../cli/output/style.ts';
import { durationText } from '../../model/duration.ts';
import { releaseOf, type Target } from '../../model/target.ts';
import type { CaseResult, SuiteReport } from '../../testing/case/result.ts';
import type { SuiteOptions } from '../../testing/run-suite.ts';

export interface TargetReport {
  readonly target: Target;
  readonly report: SuiteReport;
}

/** What is known of the plugin besides its results. */
export interface Tested {
  readonly name: string;
  readonly version: string;
}

/** All results for reading: checks, then the cases by file, then the sum. */
export function reportText(
  { name, version }: Tested,
  reports: readonly TargetReport[],
  style: Style,
): string {
  const blocks = reports.map(({ target, report }) => {
    const title = style.bold(printable(`${name} ${version}`.trim()));
    const head = `${title} on eKuiper ${releaseOf(target)}\n`;
    return `${head}${sections(report.results, style)}`;
  });
  return `${blocks.join('\n')}\n${sumText(reports, style)}\n`;
}

/** `14 passed, 1 failed, 2 skipped in 3 s` */
export function sumText(reports: readonly TargetReport[], style: Style): string {
  const sum = (key: 'passed' | 'failed' | 'skipped' | 'ms'): number =>
    reports.reduce((total, { report }) => total + report[key], 0);
  const counts = [
    [sum('passed'), 'passed', style.green] as const,
    [sum('failed'), 'failed', style.red] as const,
    [sum('skipped'), 'skipped', style.yellow] as const,
  ];
  const parts = counts
    .filter(([count, word]) => count > 0 || word === 'passed')
    .map(([count, word, paint]) => paint(`${count} ${word}`));
  const isPartial = reports.some(({ report }) => report.isPartial);
  return `${parts.join(', ')} in ${durationText(sum('ms'))}${isPartial ? '; the rest was not run' : ''}`;
}

function sections(results: readonly CaseResult[], style: Style): string {
  const groups = new Map<string, CaseResult[]>();
  for (const result of results) {
    const title = result.file ?? 'checks';
    groups.set(title, [...(groups.get(title) ?? []), result]);
  }
  return [...groups]
    .map(([title, group]) => {
      const lines = group.map((result) => resultText(result, style)).join('');
      return `\n  ${style.bold(printable(title))}\n${lines}`;
    })
    .join('');
}

function resultText(result: CaseResult, style: Style): string {
  const { outcome, name, ms, type } = result;
  const symbol =
    result.symbol === null ? '' : style.dim(`${result.kind} ${printable(result.symbol)}`);
  const time = type === 'case' && ms >= SLOW_MS ? style.dim(durationText(ms)) : '';
  const note =
    outcome === 'passed' && result.message !== '' ? style.dim(printable(result.message)) : '';
  const head = [mark(result, style), printable(name), symbol, note, time];
  const line = `  ${head.filter((part) => part !== '').join('  ')}\n`;
  if (outcome === 'passed') return line;
  const details = outcome === 'failed' ? failureLines(result, style) : reasonLines(result, style);
  return line + details.map((one) => `      ${one}\n`).join('');
}

/** Milliseconds from which a duration is worth a look. */
const SLOW_MS = 100;

function mark({ outcome, isWarning }: CaseResult, style: Style): string {
  if (outcome === 'passed') return style.green('✓');
  if (outcome === 'failed') return style.red('✗');
  return style.yellow(isWarning ? '!' : '-');
}

/** Why it failed: place, sentence, difference, and at most so many of the plugin's last lines. */
export function failureLines(
  result: CaseResult,
  style: Style,
  mostLogLines: number = MOST_LOG_LINES,
): string[] {
  const { file, line, message, log, difference } = result;
  return [
    ...(file === null ? [] : [style.dim(`${printable(file)}:${line ?? 1}`)]),
    ...block(message, ''),
    ...(difference ? differenceLines(difference, style) : []),
    ...reasonLines({ ...result, message: '' }, style),
    ...logLines(log, style, mostLogLines),
  ];
}

function differenceLines(
  { path, expected, received }: NonNullable<CaseResult['difference']>,
  style: Style,
): string[] {
  return [
    ...(path === '' ? [] : [style.bold(printable(path))]),
    ...block(expected, `  ${style.green('expected')}  `, 12),
    ...block(received, `  ${style.red('received')}  `, 12),
  ];
}

function reasonLines({ message, why, hint }: CaseResult, style: Style): string[] {
  return [
    ...block(message, ''),
    ...block(why, `${style.dim('why')}  `, 5),
    ...block(hint, `${style.dim('fix')}  `, 5),
  ];
}

/** Lines of a report that nobody wants to scroll over; `--json` and `--junit` have all. */
const MOST_LOG_LINES = 30;

/** What the Python SDK says about every start and stop; an error of it is no chatter. */
const SDK_CHATTER = /[/\\]ekuiper[/\\]runtime[/\\]\w+\.py\[line:\d+\] - (?:INFO|DEBUG): /;

function logLines(log: CaseResult['log'], style: Style, most: number): string[] {
  const own = log.filter(({ text }) => !SDK_CHATTER.test(text));
  if (own.length === 0) return [];
  const left = log.length - Math.min(own.length, most);
  const shown = own.slice(-most).map(({ stream, text }) => {
    const bar = stream === 'stderr' ? style.yellow('|') : style.dim('|');
    return text
      .split('\n')
      .map((line) => `  ${bar} ${printable(line)}`)
      .join('\n      ');
  });
  return [
    style.dim('its log since this began'),
    ...(left > 0 ? [style.dim(`  … ${left} lines earlier or of the SDK: --json shows all`)] : []),
    ...shown,
  ];
}

/** A text of several lines, its first behind a title, the others below it. */
function block(text: string, title: string, indent = 0): string[] {
  if (text === '') return [];
  const lines = text.trimEnd().split('\n').map(printable);
  return lines.map((line, index) =>
    index === 0 ? `${title}${line}` : `${' '.repeat(indent)}${line}`,
  );
}

/** A bar on a terminal's stderr, with what runs just now. */
export function testProgress(
  talk: Talk,
  total: number,
): { readonly events: Required<Pick<SuiteOptions, 'onStart' | 'onResult'>>; end(): void } {
  const bar = talk.progress('Testing', total);
  const done = new Set<string>();
  return {
    events: {
      onStart: ({ name }) => bar.label(name),
      onResult: ({ type, name }) => {
        done.add(`${type} ${name}`);
        bar.update(done.size);
      },
    },
    end: () => bar.end(),
  };
}
