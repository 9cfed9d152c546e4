import fc from 'fast-check';
import { describe, expect, it, test, vi } from 'vitest';
import {
  excerptOf,
  findingViews,
  githubFindings,
} from '../../../../src/cli/output/findings-text.ts';
import { columnsOf } from '../../../../src/cli/output/render.ts';
import { escapeOutput } from '../../../../src/cli/output/terminal-codes.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { visibleLine } from '../../../../src/model/printable.ts';
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

const drawn = (line: string, column: number, length: number): string => {
  const excerpt = excerptOf(line, column, length);
  return `${excerpt.line}\n${' '.repeat(excerpt.before)}${'^'.repeat(excerpt.under)}`;
};

describe('a line and its caret', () => {
  test.each([
    ['{"a": 1}', 2, 3, '{"a": 1}\n ^^^'],
    ['\t"a": 1', 2, 3, '  "a": 1\n  ^^^'],
    ['{"标签": 1}', 7, 1, '{"标签": 1}\n        ^'],
    ['{"标签": 1}', 2, 4, '{"标签": 1}\n ^^^^^^'],
    ['', 1, 1, '\n^'],
    ['abc', 4, 1, 'abc\n   ^'],
    ['a\u001b[31mb', 1, 1, 'a\\x1b[31mb\n^'],
  ])('%j at %i', (line, column, length, expected) => {
    expect(drawn(line, column, length)).toBe(expected);
  });

  it('cuts long lines around the place', () => {
    const line = `${'a'.repeat(500)}HERE${'b'.repeat(500)}`;
    const excerpt = excerptOf(line, 501, 4);
    expect(excerpt.line).toMatch(/^…a+HEREb+…$/);
    expect(excerpt.line.slice(excerpt.before, excerpt.before + excerpt.under)).toBe('HERE');
  });

  it('underlines inside the line, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.nat(300),
        fc.nat(300),
        (line, at, length) => {
          const column = Math.min(at, line.length) + 1;
          const excerpt = excerptOf(line, column, length + 1);
          expect(excerpt.before).toBeLessThanOrEqual(columnsOf(excerpt.line));
          expect(excerpt.line).not.toMatch(/\p{Cc}/u);
        },
      ),
    );
  });
});

it('shows what would move a terminal instead of obeying it', () => {
  expect(visibleLine('a\u001b]0;x\u0007\u202eb\u0085\ufeff')).toBe(
    'a\\x1b]0;x\\x07\\u202eb\\x85\\ufeff',
  );
  expect(visibleLine('grün 标签 😀')).toBe('grün 标签 😀');
});

const FINDING: Finding = {
  rule: 'yaml-key-case',
  severity: 'warning',
  file: 'sources/x.yaml',
  line: 2,
  column: 3,
  length: 5,
  message: '"hatId" reaches the plugin as "hatid"',
  effect: 'eKuiper lower-cases it',
  hint: 'List it',
};

test.each<[string, Partial<Finding>, string]>([
  [
    'a place',
    {},
    '::warning file=p/sources/x.yaml,line=2,col=3,endColumn=8,title=yaml-key-case::"hatId" reaches the plugin as "hatid"%0AeKuiper lower-cases it%0AFix: List it\n',
  ],
  [
    'none',
    { line: null, column: null, severity: 'info' },
    '::notice file=p/sources/x.yaml,title=yaml-key-case::"hatId" reaches the plugin as "hatid"%0AeKuiper lower-cases it%0AFix: List it\n',
  ],
  [
    'what would end the command early',
    {
      line: null,
      severity: 'error',
      file: 'a,b:c%.json',
      message: '100 %\n::error::x',
      effect: 'e',
      hint: 'h',
    },
    '::error file=p/a%2Cb%3Ac%25.json,title=yaml-key-case::100 %25\\x0a::error::x%0Ae%0AFix: h\n',
  ],
])('%s', (_title, change, expected) => {
  const text = githubFindings([{ ...FINDING, ...change }], (file) => `p/${file}`);
  expect(escapeOutput(text, true)).toBe(expected);
});
