import { describe, expect, it } from 'vitest';
import { lintPlugin } from '../../../src/lint/lint.ts';
import { readSubject } from '../../../src/lint/subject/read-subject.ts';
import { NEWEST_TARGET } from '../../../src/model/target.ts';
import { memoryView } from './memory-view.ts';

const view = (lists: object) =>
  memoryView({
    files: {
      'p.json': JSON.stringify({ language: 'python', executable: 'main.py', ...lists }),
      'main.py': '',
    },
  });

describe('a manifest of 1 MB', { timeout: 180_000 }, () => {
  it('that declares one function 200,000 times declares one symbol', async () => {
    const functions = Array<string>(200_000).fill('a');
    const subject = await readSubject(view({ functions, sinks: ['a'] }), NEWEST_TARGET);
    expect(subject.symbols).toEqual([
      { kind: 'sink', name: 'a' },
      { kind: 'function', name: 'a' },
    ]);
  });

  it.each([
    ['functions', 'function-undescribed'],
    ['sources', 'symbol-file-missing'],
  ])('of nothing but %s is told by a thousand findings and their number', async (list, id) => {
    const names = Array.from({ length: 100_000 }, (_, at) => `f${at}`);
    const findings = await lintPlugin(view({ [list]: names }), { target: NEWEST_TARGET });
    const ofRule = findings.filter(({ rule }) => rule === id);
    expect(ofRule).toHaveLength(1001);
    expect(ofRule.map(({ message }) => message)).toContain(
      'There are 99000 more findings of this rule',
    );
  });

  it('of nothing but wrong types is refused by the first', async () => {
    const functions = Array<object>(200_000).fill({});
    const findings = await lintPlugin(view({ functions }), { target: NEWEST_TARGET });
    expect(findings.filter(({ rule }) => rule === 'manifest-wrong-type')).toHaveLength(1);
  });

  it('of one long list and as many short ones as fit comes to an end', async () => {
    const long = JSON.stringify(Array<string>(100_000).fill('a'));
    const short = '"functions":["b"],'.repeat(30_000);
    const text = `{"language":"python","executable":"main.py","functions":${long},${short}"version":"1"}`;
    const files = { 'p.json': text, 'main.py': '' };
    const { symbols } = await readSubject(memoryView({ files }), NEWEST_TARGET);
    expect(symbols).toEqual([{ kind: 'function', name: 'b' }]);
  });
});
