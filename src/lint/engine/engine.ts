import { setImmediate } from 'node:timers/promises';
import { compareFindings, type Finding } from '../../model/finding.ts';
import { clipped } from '../../model/printable.ts';
import type { Subject } from '../subject/subject.ts';
import type { Report, Rule } from './rule.ts';
import { isRefusal, repairText, unlessRefused } from './words.ts';

/** Runs every rule over a subject; returns the findings sorted by file and position, without duplicates. */
export async function runRules(subject: Subject, rules: readonly Rule[]): Promise<Finding[]> {
  // Damaged data of an entry is found when the entry is read to its end. All entries are read before the first rule
  // runs: otherwise the findings would depend on which entries were read so far.
  await subject.view.verify?.();
  const running: Promise<Finding[]>[] = [];
  for (const rule of rules) {
    // Lets a signal in: a rule may compute for a second without a pause.
    await setImmediate();
    const one = findingsOf(rule, subject);
    // Awaited below; until then a rejection must not be unhandled.
    one.catch(() => undefined);
    running.push(one);
  }
  const perRule = await Promise.all(running);
  const unique = new Map(perRule.flat().map((finding) => [JSON.stringify(finding), finding]));
  const findings = [...unique.values()].sort(compareFindings);
  if (!findings.some(({ effect }) => isRefusal(effect))) return findings;
  return findings.map((finding) => ({ ...finding, effect: unlessRefused(finding.effect) }));
}

async function findingsOf(rule: Rule, subject: Subject): Promise<Finding[]> {
  const reports = atMost(await rule.check(subject), subject);
  return Promise.all(reports.map((report) => asFinding(rule, report, subject)));
}

/** Limit of findings per rule, because a hostile package could cause any number. */
const MOST_PER_RULE = 1000;

function atMost(reports: Iterable<Report>, { view }: Subject): readonly Report[] {
  const first: Report[] = [];
  let more = 0;
  // A loop, not an array: a generator rule then never holds all its reports in memory.
  for (const report of reports) {
    if (first.length < MOST_PER_RULE) first.push(report);
    else more += 1;
  }
  if (more > 0) first.push(theRest(more, view.label));
  return first;
}

function theRest(more: number, file: string): Report {
  return {
    file,
    message: `There are ${more} more findings of this rule`,
    effect: 'The same as for the others; only the first 1000 are shown',
    hint: 'Correct the cause of those that are shown, then look again',
  };
}

async function asFinding(rule: Rule, report: Report, subject: Subject): Promise<Finding> {
  const { hint } = report;
  return {
    rule: rule.id,
    severity: report.severity ?? rule.severity,
    file: clipped(report.file),
    ...(await placeOf(report, subject)),
    message: clipped(report.message),
    effect: clipped(report.effect),
    hint: clipped(typeof hint === 'string' ? hint : await repairText(subject.view, hint)),
  };
}

type Place = Pick<Finding, 'line' | 'column' | 'length'>;

async function placeOf({ file, at }: Report, subject: Subject): Promise<Place> {
  const text = at && (await subject.text(file));
  if (!at || !text) return { line: null, column: null, length: 1 };
  const { line, column } = text.source.positionAt(at.start);
  const rest = text.source.line(line).length - column + 1;
  return { line, column, length: Math.max(1, Math.min(at.end - at.start, rest)) };
}
