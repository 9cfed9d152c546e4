import { runRules } from '../../../src/lint/engine/engine.ts';
import type { Rule } from '../../../src/lint/engine/rule.ts';
import { readSubject } from '../../../src/lint/subject/read-subject.ts';
import type { Finding } from '../../../src/model/finding.ts';
import { NEWEST_TARGET, type Target } from '../../../src/model/target.ts';
import { memoryView, type ViewSpec } from './memory-view.ts';

/** A Python plugin without fault: the files that tests change one by one. */
export const GOOD_FILES: Readonly<Record<string, string>> = {
  'probe.json': JSON.stringify({
    version: '1.0.0',
    language: 'python',
    executable: 'main.py',
    sources: ['psrc'],
    sinks: ['psnk'],
    functions: ['pfn'],
  }),
  'main.py': 'print("hello")\n',
  'sources/psrc.yaml': 'default:\n  interval: 1000\n',
};

/** What one rule says about a plugin in memory. */
export async function findingsOf(
  rule: Rule,
  spec: ViewSpec,
  target: Target = NEWEST_TARGET,
): Promise<Finding[]> {
  return runRules(await readSubject(memoryView(spec), target), [rule]);
}

/** `3:14 message`, or `- message` without a place: findings short enough for a table. */
export function short(findings: readonly Finding[]): string[] {
  return findings.map(({ line, column, message }) =>
    line === null ? `- ${message}` : `${line}:${column} ${message}`,
  );
}
