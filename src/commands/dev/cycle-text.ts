import { printable } from '../../cli/output/printable.ts';
import { severityText } from '../../cli/output/severity-text.ts';
import type { Style } from '../../cli/output/style.ts';
import type { CasesReport, CycleReport } from '../../dev/report.ts';
import type { Finding } from '../../model/finding.ts';
import { oneLine } from '../../model/printable.ts';
import type { CaseResult } from '../../testing/run-suite.ts';
import { failureLines } from '../test/report-text.ts';

/** More of them would push the line that matters out of sight. */
const MOST_FINDINGS = 8;
const MOST_REASONS = 20;
const MOST_PATHS = 3;
/** A traceback's last lines say what happened. */
const LAST_LOG_LINES = 8;

/** A cycle as one line, and below it what the author has to fix. `stamp`: the time of day. */
export function cycleText(report: CycleReport, stamp: string, style: Style): string {
  const parts = [startPart(report), ...resultParts(report, style)].filter((part) => part !== '');
  const line = `${style.dim(stamp)} ${parts.join(' · ')}`;
  return [oneLine(line), ...detailLines(report, style).map((detail) => `  ${detail}`)].join('\n');
}

function startPart({ cycle, changed, plugin, problem }: CycleReport): string {
  if (changed.length > 0) {
    const named = changed.slice(0, MOST_PATHS).map(printable).join(', ');
    const more = changed.length - MOST_PATHS;
    return `changed ${named}${more > 0 ? ` and ${more} more` : ''}`;
  }
  if (cycle > 1) return '';
  return problem === null && plugin !== null ? `${plugin.name} ${plugin.version}` : 'first try';
}

function resultParts(report: CycleReport, style: Style): string[] {
  const { end, problem, plugin, cases } = report;
  if (end === 'unchanged') return [style.dim(`the package is the same, ${remainsText(plugin)}`)];
  if (problem !== null) {
    return [style.red(problem.message), style.dim(remainsText(plugin))];
  }
  return [runsText(report, style), casesText(cases, style)];
}

function remainsText(plugin: CycleReport['plugin']): string {
  if (plugin === null) return 'nothing runs';
  return plugin.state === 'ended'
    ? `${plugin.name} has ended`
    : `${plugin.name} ${plugin.version} runs on`;
}

function runsText({ plugin, isReplaced, ms, cases }: CycleReport, style: Style): string {
  if (plugin === null) return style.yellow('nothing runs');
  if (plugin.state === 'ended') return style.red('ended by itself');
  if (!isReplaced) return '';
  const took = seconds(ms - (cases?.suite?.ms ?? 0));
  return plugin.state === 'running'
    ? `${style.green('running')} after ${took}`
    : `installed after ${took}`;
}

function casesText(cases: CasesReport | null, style: Style): string {
  if (cases === null) return '';
  if (cases.suite === null) return style.red(`the cases have ${mistakes(cases.mistakes.length)}`);
  const { passed, failed, skipped } = cases.suite;
  const left = skipped > 0 ? `, ${skipped} skipped` : '';
  if (failed === 0) return style.green(`${passed} passed`) + left;
  const ran = passed + failed;
  if (cases.isRepeat) return style.red(`${failed} of ${ran} that failed still ${fails(failed)}`);
  return style.red(`${failed} of ${ran} failed`) + left;
}

const fails = (count: number): string => (count === 1 ? 'fails' : 'fail');
const mistakes = (count: number): string => (count === 1 ? 'a mistake' : `${count} mistakes`);

/** `0.4 s`; nobody wants to read milliseconds here. */
function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function detailLines(report: CycleReport, style: Style): string[] {
  const { problem, lost, cases } = report;
  return [
    ...findingLines(shownFindings(report), style),
    ...reasonLines(problem?.reason ?? null),
    ...(problem !== null && problem.findings.length === 0
      ? [style.dim(`fix: ${problem.hint}`)]
      : []),
    ...lost.map((text) => style.yellow(`not started again: ${printable(text)}`)),
    ...findingLines(cases?.mistakes ?? [], style),
    ...firstFailure(cases, style),
  ];
}

/** Errors as long as they are there, the others when they come. */
function shownFindings({ problem, newFindings, end }: CycleReport): readonly Finding[] {
  if (end === 'unchanged') return [];
  const errors = problem?.findings ?? [];
  const news = newFindings.filter(({ severity }) => severity === 'warning');
  return [...errors, ...news];
}

function findingLines(findings: readonly Finding[], style: Style): string[] {
  const lines = findings.slice(0, MOST_FINDINGS).map((one) => findingLine(one, style));
  const more = findings.length - lines.length;
  return more > 0 ? [...lines, style.dim(`… ${more} more: kplugin validate`)] : lines;
}

function findingLine(
  { file, line, column, severity, message, rule }: Finding,
  style: Style,
): string {
  const place = line === null ? file : `${file}:${line}:${column ?? 1}`;
  return `${style.bold(printable(place))} ${severityText(severity, style)} ${printable(message)} ${style.dim(`[${rule}]`)}`;
}

function reasonLines(reason: string | null): string[] {
  if (reason === null) return [];
  const lines = reason.split('\n').map(printable);
  return lines.length > MOST_REASONS ? ['…', ...lines.slice(-MOST_REASONS)] : lines;
}

function firstFailure(cases: CasesReport | null, style: Style): string[] {
  const failed = (cases?.suite?.results ?? []).filter(({ outcome }) => outcome === 'failed');
  const [first] = failed;
  if (first === undefined) return [];
  const why = failureLines(first, style, LAST_LOG_LINES).map((line) => `  ${line}`);
  return [style.bold(printable(first.name)), ...why, ...othersLine(failed.slice(1), style)];
}

function othersLine(others: readonly CaseResult[], style: Style): string[] {
  if (others.length === 0) return [];
  const names = others.slice(0, MOST_PATHS).map(({ name }) => printable(name));
  const more = others.length > MOST_PATHS ? ', …' : '';
  return [
    style.dim(`and ${others.length} more: ${names.join(', ')}${more} (kplugin test shows all)`),
  ];
}
