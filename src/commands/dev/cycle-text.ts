import { severityText } from '../../cli/output/findings-text.ts';
import {
  bad,
  bold,
  type Cell,
  dim,
  good,
  joined,
  mapped,
  type Toned,
  type View,
  warn,
} from '../../cli/output/view.ts';
import type { CasesReport, CycleReport } from '../../dev/cycles.ts';
import type { Finding } from '../../model/finding.ts';
import { mistakeCount } from '../../testing/case/mistakes.ts';
import type { CaseResult } from '../../testing/run-suite.ts';
import { failureLines } from '../test/report-text.ts';

/** More lines would push the result off the screen. */
const MOST_FINDINGS = 8;
const MOST_REASONS = 20;
const MOST_PATHS = 3;
/** The cause of a failure is in the last lines of a traceback. */
const LAST_LOG_LINES = 8;

/**
 * A cycle as one line, followed by what the author has to fix. `stamp`: time of day; `shown`: rewrites paths of the
 * plugin's copy to paths of the project.
 */
export function cycleView(
  report: CycleReport,
  stamp: string,
  shown: (text: string) => string,
): View {
  const parts = [startPart(report), ...resultParts(report)].filter((part) => part !== '');
  const line = parts.flatMap((part, at) => (at === 0 ? [part] : [' · ', part]));
  return {
    title: mapped(joined(dim(stamp), ' ', ...line), shown),
    lines: detailLines(report).map((cell) => mapped(cell, shown)),
  };
}

function startPart({ cycle, changed, plugin, problem }: CycleReport): string {
  if (changed.length > 0) {
    const named = changed.slice(0, MOST_PATHS).join(', ');
    const more = changed.length - MOST_PATHS;
    return `changed ${named}${more > 0 ? ` and ${more} more` : ''}`;
  }
  if (cycle > 1) return '';
  return problem === null && plugin !== null ? `${plugin.name} ${plugin.version}` : 'first try';
}

function resultParts(report: CycleReport): Cell[] {
  const { end, problem, plugin, cases } = report;
  if (end === 'unchanged') return [dim(`the package is the same, ${remainsText(plugin)}`)];
  if (problem !== null) {
    return [bad(problem.message), dim(remainsText(plugin))];
  }
  return [runsText(report), casesText(cases)];
}

function remainsText(plugin: CycleReport['plugin']): string {
  if (plugin === null) return 'nothing runs';
  return plugin.state === 'ended'
    ? `${plugin.name} has ended`
    : `${plugin.name} ${plugin.version} runs on`;
}

function runsText({ plugin, isReplaced, ms, cases }: CycleReport): Cell {
  if (plugin === null) return warn('nothing runs');
  if (plugin.state === 'ended') return bad('ended by itself');
  if (!isReplaced) return '';
  const took = seconds(ms - (cases?.suite?.ms ?? 0));
  return plugin.state === 'running'
    ? [good('running'), ` after ${took}`]
    : `installed after ${took}`;
}

function casesText(cases: CasesReport | null): Cell {
  if (cases === null) return '';
  if (cases.suite === null) return bad(`the cases have ${mistakeCount(cases.mistakes)}`);
  const { passed, failed, skipped } = cases.suite;
  const left = skipped > 0 ? `, ${skipped} skipped` : '';
  if (failed === 0) return [good(`${passed} passed`), left];
  const ran = passed + failed;
  if (cases.isRepeat) return bad(`${failed} of ${ran} that failed still ${fails(failed)}`);
  return [bad(`${failed} of ${ran} failed`), left];
}

const fails = (count: number): string => (count === 1 ? 'fails' : 'fail');

/** Seconds with one decimal place: `0.4 s`. */
function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function detailLines(report: CycleReport): Cell[] {
  const { problem, lost, cases } = report;
  return [
    ...findingLines(shownFindings(report)),
    ...reasonLines(problem?.reason ?? null),
    ...(problem !== null && problem.findings.length === 0 ? [dim(`fix: ${problem.hint}`)] : []),
    ...lost.map((text) => warn(`not started again: ${text}`)),
    ...findingLines(cases?.mistakes ?? []),
    ...firstFailure(cases),
  ];
}

/** Errors in every cycle, other findings only when they are new. */
function shownFindings({ problem, newFindings, end }: CycleReport): readonly Finding[] {
  if (end === 'unchanged') return [];
  const errors = problem?.findings ?? [];
  const news = newFindings.filter(({ severity }) => severity === 'warning');
  return [...errors, ...news];
}

function findingLines(findings: readonly Finding[]): Cell[] {
  const lines: Cell[] = findings.slice(0, MOST_FINDINGS).map(findingLine);
  const more = findings.length - lines.length;
  return more > 0 ? [...lines, dim(`… ${more} more: kplugin validate`)] : lines;
}

function findingLine({ file, line, column, severity, message, rule }: Finding): Cell {
  const place = line === null ? file : `${file}:${line}:${column ?? 1}`;
  return [bold(place), ' ', severityText(severity), ` ${message} `, dim(`[${rule}]`)];
}

function reasonLines(reason: string | null): string[] {
  if (reason === null) return [];
  const lines = reason.split('\n');
  return lines.length > MOST_REASONS ? ['…', ...lines.slice(-MOST_REASONS)] : lines;
}

function firstFailure(cases: CasesReport | null): Cell[] {
  const failed = (cases?.suite?.results ?? []).filter(({ outcome }) => outcome === 'failed');
  const [first] = failed;
  if (first === undefined) return [];
  const why = failureLines(first, LAST_LOG_LINES).map((line) => joined('  ', line));
  return [bold(first.name), ...why, ...othersLine(failed.slice(1))];
}

function othersLine(others: readonly CaseResult[]): Toned[] {
  if (others.length === 0) return [];
  const names = others.slice(0, MOST_PATHS).map(({ name }) => name);
  const more = others.length > MOST_PATHS ? ', …' : '';
  return [dim(`and ${others.length} more: ${names.join(', ')}${more} (kplugin test shows all)`)];
}
