import { expect, it, test } from 'vitest';
import { sourceText } from '../../../../src/model/source-text.ts';
import { Mistakes, mistakeCount } from '../../../../src/testing/case/mistakes.ts';
import { readFiles } from './read-text.ts';

it('lists 100 mistakes of a file, and says that there are more', () => {
  const text = 'a: b\n'.repeat(50_000);
  const mistakes = new Mistakes('tests/x.yaml', sourceText(text));
  const about = {
    rule: 'case-syntax',
    message: 'it is wrong',
    why: 'so',
    hint: 'Correct it',
  } as const;
  for (let at = 0; at < text.length; at += 5)
    mistakes.add({ ...about, at: { start: at, end: at + 1 } });
  expect(mistakes.found).toHaveLength(101);
  expect(mistakes.found[99]).toMatchObject({ line: 100, message: 'it is wrong' });
  expect(mistakes.found.at(-1)).toMatchObject({
    line: 101,
    message: 'more mistakes begin here; of one file 100 are listed',
    effect: 'they are left out',
    hint: 'Correct those above, and run it again',
  });
});

/** So many cases, of which each is wrong in this way. */
const cases = (count: number, line: string) =>
  `cases:\n${Array.from({ length: count }, (_, n) => `  - name: c${n}\n    ${line}\n`).join('')}`;

test.each([
  ['an unknown function', 'function: revers\n    args: []', 'they are left out: 399 more cases'],
  ['nothing to test', 'function: reverse', 'they are left out: 399 more cases are wrong'],
  [
    'a pattern that never holds',
    'function: reverse\n    args: []\n    result: { $min: 2, $max: 1 }',
    'they are left out: 399 more cases are wrong',
  ],
])('counts the cases behind it that have %s', async (_, line, expected) => {
  const good = '  - { name: good, function: reverse, args: [], result: 1 }\n';
  const text = cases(500, line) + good;
  const { mistakes } = await readFiles({ 'a.yaml': text, 'b.yaml': 'cases: 1' });
  expect(mistakes[100]?.effect).toContain(expected);
  expect(mistakeCount(mistakes)).toBe('more than 101 mistakes');
});

it('counts no further than 10,000', async () => {
  const { mistakes } = await readFiles({ 'a.json': `{"cases":[${'{},'.repeat(20_000)}{}]}` });
  expect(mistakes.at(-1)?.effect).toBe('they are left out: more than 10000 more cases are wrong');
});

test.each([
  [1, 'a mistake'],
  [5, '5 mistakes'],
])('%i that are all listed are counted as they are', async (count, expected) => {
  const { mistakes } = await readFiles({ 'a.yaml': cases(count, 'function: reverse') });
  expect(mistakeCount(mistakes)).toBe(expected);
});
