import { describe, expect, it } from 'vitest';
import { runRules } from '../../../../src/lint/engine/engine.ts';
import type { Report, Rule } from '../../../../src/lint/engine/rule.ts';
import { readSubject } from '../../../../src/lint/subject/read-subject.ts';
import { GOOD_FILES } from '../check-rule.ts';
import { memoryView } from '../memory-view.ts';

const EXPLANATION = { means: '', why: '', issues: [], bad: '', good: '' };
const said = { message: 'm', effect: 'e', hint: 'h' };

function rule(id: string, reports: readonly Report[], severity: Rule['severity'] = 'error'): Rule {
  return { id, severity, explanation: EXPLANATION, check: () => reports };
}

async function run(...rules: Rule[]) {
  const files = { ...GOOD_FILES, 'notes.txt': 'one\ntwo three\n' };
  return runRules(await readSubject(memoryView({ files }), '2.4'), rules);
}

describe('the engine', () => {
  it('turns places into lines, also of files that no rule parsed', async () => {
    const at = { start: 8, end: 13 };
    expect(await run(rule('a', [{ ...said, file: 'notes.txt', at }]))).toEqual([
      { ...said, rule: 'a', severity: 'error', file: 'notes.txt', line: 2, column: 5, length: 5 },
    ]);
  });

  it('underlines no more than the rest of the line, and at least one character', async () => {
    const [long, none] = await run(
      rule('a', [{ ...said, file: 'notes.txt', at: { start: 0, end: 99 } }]),
      rule('b', [{ ...said, file: 'notes.txt', at: { start: 3, end: 3 } }]),
    );
    expect([long?.length, none?.length]).toEqual([3, 1]);
  });

  it('has no line where there is no place or no file', async () => {
    const findings = await run(
      rule('a', [{ ...said, file: 'probe.json' }]),
      rule('b', [{ ...said, file: 'nowhere', at: { start: 1, end: 2 } }]),
    );
    expect(findings.map(({ line, column }) => [line, column])).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  it("takes a report's own severity, says each once, and sorts for reading", async () => {
    const findings = await run(
      rule('b', [{ ...said, file: 'z', severity: 'info' }], 'warning'),
      rule('a', [
        { ...said, file: 'a' },
        { ...said, file: 'a' },
      ]),
      rule('c', [{ ...said, file: 'a' }], 'warning'),
    );
    expect(findings.map((one) => `${one.file} ${one.rule} ${one.severity}`)).toEqual([
      'a a error',
      'a c warning',
      'z b info',
    ]);
  });

  it('shows a thousand of one rule, and says how many more there are', async () => {
    const reports = Array.from({ length: 1003 }, (_, at) => ({ ...said, file: `f${at}` }));
    const findings = await run(rule('a', reports), rule('b', [{ ...said, file: 'x' }]));
    expect(findings).toHaveLength(1002);
    expect(findings.map(({ message }) => message)).toContain(
      'There are 3 more findings of this rule',
    );
  });

  it('takes reports one by one, as a rule makes them', async () => {
    let made = 0;
    function* reports(): Iterable<Report> {
      for (; made < 200_000; made += 1) {
        yield { ...said, message: `m${made}`, file: 'f' };
      }
    }
    const lazy: Rule = { ...rule('a', []), check: reports };
    const findings = await run(lazy);
    expect(made).toBe(200_000);
    expect(findings.map(({ message }) => message)).toContain(
      'There are 199000 more findings of this rule',
    );
  });
});
