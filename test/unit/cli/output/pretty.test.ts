import { expect, test, vi } from 'vitest';
import { findingViews } from '../../../../src/cli/output/findings-text.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { sourceText } from '../../../../src/model/source-text.ts';
import { plain } from '../../../fixtures/plain.ts';

const YAML =
  'default:\n  password: hunter2\n  key: |\n    hunter3\n  flow: {pwd: hunter4, b: 1}\n  b: 1\n';

const at = (line: number, column: number): Finding => ({
  rule: 'r',
  severity: 'warning',
  file: 'sources/a.yaml',
  line,
  column,
  length: 3,
  message: 'm',
  effect: 'e',
  hint: 'h',
});

test('a frame shows the key of a secret and never its value, wherever the finding stands', async () => {
  const text = sourceText(YAML.replace('key', 'privateKey'));
  const places: readonly [number, number][] = [
    [2, 3],
    [2, 13],
    [3, 3],
    [4, 5],
    [5, 9],
    [5, 24],
    [6, 3],
  ];
  const findings = places.map(([line, column]) => at(line, column));
  const shown = plain(await findingViews(findings, async () => text));
  expect(shown).not.toContain('hunter');
  expect(shown.split('\n').filter((line) => /^ {5}\d \|/.test(line))).toEqual([
    '     2 |   password: ***',
    '     2 |   password: ***',
    '     3 |   privateKey: |',
    '     4 |     ***',
    '     5 |   flow: {pwd: ***',
    '     5 |   flow: {pwd: ***',
    '     6 |   b: 1',
  ]);
});

test('a file is looked through for secrets once, however many findings are in it', async () => {
  const one = sourceText(`{${'"k": 1, '.repeat(100)}"password": "hunter"}`);
  const read = vi.fn(() => one.text);
  const text = Object.defineProperty({ ...one }, 'text', { get: read });
  const findings = Array.from({ length: 100 }, (_, place) => at(1, 2 + place * 8));
  const shown = plain(await findingViews(findings, async () => text));
  expect(read.mock.calls.length).toBe(1);
  expect(shown).toContain('"k": 1');
});
