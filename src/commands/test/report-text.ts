import type { Log } from '../../cli/context.ts';
import {
  bad,
  bold,
  type Cell,
  dim,
  good,
  joined,
  type Toned,
  type View,
  warn,
} from '../../cli/output/view.ts';
import { durationText } from '../../model/duration.ts';
import { releaseOf, type Target } from '../../model/target.ts';
import type { CaseResult, SuiteReport } from '../../testing/case/result.ts';
import type { SuiteOptions } from '../../testing/run-suite.ts';

export interface TargetReport {
  readonly target: Target;
  readonly report: SuiteReport;
}

/** The plugin of the results. */
interface Tested {
  readonly name: string;
  readonly version: string;
  /** The Python that ran it; null for a plugin in another language. */
  readonly python: string | null;
}

/** The views of the results: checks, cases by file, totals. */
export function reportViews(
  { name, version, python }: Tested,
  reports: readonly TargetReport[],
): readonly View[] {
  return [
    ...reports.flatMap(({ target, report }) => [
      {
        title: [
          bold(`${name} ${version}`.trim()),
          ` on eKuiper ${releaseOf(target)}`,
          ...(python === null ? [] : [dim(`, python ${python}`)]),
        ],
      },
      ...sections(report.results),
    ]),
    { lines: [sumLine(reports)] },
  ];
}

/** `14 passed, 1 failed, 2 skipped in 3 s` */
function sumLine(reports: readonly TargetReport[]): Cell {
  const sum = (key: 'passed' | 'failed' | 'skipped' | 'ms'): number =>
    reports.reduce((total, { report }) => total + report[key], 0);
  const counts = [
    [sum('passed'), 'passed', good] as const,
    [sum('failed'), 'failed', bad] as const,
    [sum('skipped'), 'skipped', warn] as const,
  ];
  const parts = counts
    .filter(([count, word]) => count > 0 || word === 'passed')
    .flatMap(([count, word, tone], at) => [at === 0 ? '' : ', ', tone(`${count} ${word}`)]);
  const isPartial = reports.some(({ report }) => report.isPartial);
  return [...parts, ` in ${durationText(sum('ms'))}${isPartial ? '; the rest was not run' : ''}`];
}

function sections(results: readonly CaseResult[]): View[] {
  const groups = new Map<string, CaseResult[]>();
  for (const result of results) {
    const title = result.file ?? 'checks';
    groups.set(title, [...(groups.get(title) ?? []), result]);
  }
  return [...groups].map(([title, group]) => ({
    title: ['  ', bold(title)],
    lines: group.flatMap(resultLines),
  }));
}

function resultLines(result: CaseResult): Cell[] {
  const { outcome, name, ms, type, kind, symbol, message } = result;
  const head = [
    mark(result),
    name,
    dim(symbol === null ? '' : `${kind} ${symbol}`),
    dim(outcome === 'passed' ? message : ''),
    dim(type === 'case' && ms >= SLOW_MS ? durationText(ms) : ''),
  ].filter((piece) => (typeof piece === 'string' ? piece : piece.text) !== '');
  const line = head.flatMap((piece, at) => (at === 0 ? [piece] : ['  ', piece]));
  if (outcome === 'passed') return [line];
  const details = outcome === 'failed' ? failureLines(result) : reasonLines(result);
  return [line, ...details.map((one) => joined('    ', one))];
}

/** Durations below this are not shown, in milliseconds. */
const SLOW_MS = 100;

function mark({ outcome, isWarning }: CaseResult): Toned {
  if (outcome === 'passed') return good('✓');
  if (outcome === 'failed') return bad('✗');
  return warn(isWarning ? '!' : '-');
}

/** A failure: position, message, difference, and at most `mostLogLines` lines of the plugin's log. */
export function failureLines(result: CaseResult, mostLogLines: number = MOST_LOG_LINES): Cell[] {
  const { file, line, message, log, difference } = result;
  return [
    ...(file === null ? [] : [dim(`${file}:${line ?? 1}`)]),
    ...block(message),
    ...(difference ? differenceLines(difference) : []),
    ...reasonLines({ ...result, message: '' }),
    ...logLines(log, mostLogLines),
  ];
}

function differenceLines({
  path,
  expected,
  received,
}: NonNullable<CaseResult['difference']>): Cell[] {
  return [
    ...(path === '' ? [] : [bold(path)]),
    ...block(expected, ['  ', good('expected'), '  '], 12),
    ...block(received, ['  ', bad('received'), '  '], 12),
  ];
}

const WHY: Cell = [dim('why'), '  '];
const FIX: Cell = [dim('fix'), '  '];

function reasonLines({ message, why, hint }: CaseResult): Cell[] {
  return [...block(message), ...block(why, WHY, 5), ...block(hint, FIX, 5)];
}

/** Longer logs are only in `--json` and `--junit`. */
const MOST_LOG_LINES = 30;

/** Messages of the Python SDK about starts and stops; its errors are kept. */
const SDK_CHATTER = /[/\\]ekuiper[/\\]runtime[/\\]\w+\.py\[line:\d+\] - (?:INFO|DEBUG): /;

function logLines(log: CaseResult['log'], most: number): Cell[] {
  const own = log.filter(({ text }) => !SDK_CHATTER.test(text));
  if (own.length === 0) return [];
  const left = log.length - Math.min(own.length, most);
  return [
    dim('its log since this began'),
    ...(left > 0 ? [dim(`  … ${left} lines earlier or of the SDK: --json shows all`)] : []),
    ...own.slice(-most).flatMap(({ stream, text }) => {
      const bar = stream === 'stderr' ? warn('|') : dim('|');
      return text.split('\n').map((line): Cell => ['  ', bar, ` ${line}`]);
    }),
  ];
}

/** A text of several lines: the first behind a title, the others below it. */
function block(text: string, title: Cell = '', indent = 0): Cell[] {
  if (text === '') return [];
  const lines = text.trimEnd().split('\n');
  return lines.map((line, at) => joined(at === 0 ? title : ' '.repeat(indent), line));
}

/** A progress bar on a terminal's stderr, with the current case. */
export function testProgress(
  log: Log,
  total: number,
): { readonly events: Required<Pick<SuiteOptions, 'onStart' | 'onResult'>>; end(): void } {
  const bar = log.progress('Testing', total);
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
