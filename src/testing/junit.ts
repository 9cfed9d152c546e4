import { visible } from '../model/printable.ts';
import { TEST_REPORT_START } from '../model/secrets/secret-search.ts';
import type { CaseResult, SuiteReport } from './case/result.ts';

/** One suite of the report: a plugin on one eKuiper version. */
interface JunitSuite {
  /** `demo on eKuiper 2.4.0` */
  readonly name: string;
  readonly report: SuiteReport;
}

/**
 * Encodes a JUnit report for CI systems: a suite for each eKuiper, failures with the expected and the received value,
 * the plugin's log as system-out. Times in seconds.
 */
export function junitXml(suites: readonly JunitSuite[]): string {
  const sum = (key: 'failed' | 'skipped'): number =>
    suites.reduce((total, { report }) => total + report[key], 0);
  const tests = suites.reduce((total, { report }) => total + report.results.length, 0);
  return [
    `${TEST_REPORT_START} tests="${tests}" failures="${sum('failed')}" errors="0" skipped="${sum('skipped')}">`,
    ...suites.map(suiteXml),
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteXml({ name, report }: JunitSuite): string {
  const { results, failed, skipped, ms } = report;
  const counts = `tests="${results.length}" failures="${failed}" errors="0" skipped="${skipped}"`;
  return [
    `  <testsuite name="${escaped(name)}" ${counts} time="${seconds(ms)}">`,
    ...results.map((result) => caseXml(result, name)),
    '  </testsuite>',
  ].join('\n');
}

function caseXml(result: CaseResult, suite: string): string {
  const { name, kind, symbol, file, line, ms, outcome } = result;
  const about = symbol === null ? '' : ` (${kind} ${symbol})`;
  const place = file === null ? '' : ` file="${escaped(file)}" line="${line ?? 1}"`;
  const head = `    <testcase classname="${escaped(`${suite}.${file ?? 'checks'}`)}" name="${escaped(name + about)}"${place} time="${seconds(ms)}"`;
  if (outcome === 'passed') return `${head}/>`;
  return [
    `${head}>`,
    ...(outcome === 'failed' ? failureXml(result) : skippedXml(result)),
    '    </testcase>',
  ].join('\n');
}

function failureXml(result: CaseResult): string[] {
  const { difference, message, log } = result;
  const short = message || (difference ? `${difference.path} is not as expected` : 'failed');
  const details = [
    ...(difference
      ? [`${difference.path}\nexpected  ${difference.expected}\nreceived  ${difference.received}`]
      : []),
    ...reasons(result),
  ].join('\n');
  const output = log.map(({ stream, text }) => `${stream}: ${text}`).join('\n');
  return [
    `      <failure message="${escaped(firstLine(short))}">${escaped(details || short)}</failure>`,
    ...(output === '' ? [] : [`      <system-out>${escaped(output)}</system-out>`]),
  ];
}

function skippedXml(result: CaseResult): string[] {
  return [
    `      <skipped message="${escaped([firstLine(result.message), ...reasons(result)].join('; '))}"/>`,
  ];
}

function reasons({ why, hint }: CaseResult): string[] {
  return [...(why === '' ? [] : [`why: ${why}`]), ...(hint === '' ? [] : [`fix: ${hint}`])];
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};

/** Escapes terminal control characters, most of which XML 1.0 cannot contain, and U+FFFE and U+FFFF. */
function escaped(text: string): string {
  return visible(text)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"\n]/g, (char) => ENTITIES[char] ?? char);
}
