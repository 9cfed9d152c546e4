import { describe, expect, it, test } from 'vitest';
import { closest } from '../../../src/model/closest.ts';
import { depthOf } from '../../../src/model/json/bounded.ts';
import { memberOf, overflowIn } from '../../../src/model/json/node.ts';
import { parseGoJson } from '../../../src/model/json/parse.ts';
import { readSourceYaml } from '../../../src/model/yaml/read.ts';

const times = (count: number, piece: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => piece(at)).join('');

const read = (text: string) => readSourceYaml(Buffer.from(text));

/** Up to 1 MB of each; a reader that looks at something more than once would take minutes. */
describe('YAML that is made to take long is answered', () => {
  test.each<[string, string, string | null]>([
    ['colons', ': '.repeat(350_000), 'did not find expected key'],
    ['question marks', '? '.repeat(500_000), 'values lie more than 1000 levels deep'],
    ['500 question marks', `default:\n${'? '.repeat(500)}`, 'invalid map key'],
    ['dashes', '- '.repeat(500_000), 'values lie more than 1000 levels deep'],
    ['brackets', '['.repeat(1_000_000), 'values lie more than 1000 levels deep'],
    ['braces in brackets', `a: ${'[{'.repeat(400_000)}`, 'values lie more than 1000 levels deep'],
    ['anchors', '&a '.repeat(330_000), null],
    ['aliases of nothing', `a: [${'*a,'.repeat(330_000)}]`, "unknown anchor 'a' referenced"],
    ['aliases of a text', `b: &a x\na: [${'*a,'.repeat(300_000)}]`, null],
    [
      'anchors and aliases',
      `a0: &a0 [x]\n${times(25_000, (at) => `b${at}: &b${at} [*a0]\nc${at}: *b${at}\n`)}`,
      null,
    ],
    [
      'a chain of aliases',
      `a0: &a0 [x]\n${times(40_000, (at) => `a${at + 1}: &a${at + 1} [*a${at}]\n`)}`,
      'document contains excessive aliasing',
    ],
    [
      'a billion laughs',
      `a0: &a0 [x]\n${times(12, (at) => `a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(9)}]\n`)}`,
      'document contains excessive aliasing',
    ],
    [
      'merges',
      `a: &a {${times(20_000, (at) => `k${at}: 1,`)}}\n${times(40_000, (at) => `d${at}: {<<: *a}\n`)}`,
      'document contains excessive aliasing',
    ],
    ['the same key', 'a: 1\n'.repeat(200_000), 'mapping key "a" already defined'],
    ['many keys', times(100_000, (at) => `k${at}: 1\n`), null],
    ['many documents', '---\na: 1\n'.repeat(110_000), null],
    ['tag directives', `${times(50_000, (at) => `%TAG !e${at}! t:\n`)}---\na: 1\n`, null],
    ['a long line', `a: ${'x'.repeat(1_000_000)}`, null],
    ['a long number', `a: ${'1'.repeat(1_000_000)}`, null],
    ['a long hexadecimal number', `a: 0x${'f'.repeat(1_000_000)}`, null],
    ['underscores', `a: 1${'_'.repeat(1_000_000)}`, null],
    ['empty lines in quotes', `a: "x${'\n'.repeat(1_000_000)}"`, null],
    ['escapes', `a: "${'\\n'.repeat(500_000)}"`, null],
    ['a folded block', `a: >\n${' x\n'.repeat(300_000)}`, null],
    ['comments', `${'# c\n\n'.repeat(200_000)}a: 1\n`, null],
    ['emoji', `a: [${'\u{1f600},'.repeat(200_000)}]`, null],
  ])('%s', (_title, text, message) => {
    expect(read(text).fault?.message ?? null).toBe(message);
  });

  it.each([
    [999, null],
    [1500, 'limit'],
    [9999, 'limit'],
  ])('%i levels', (levels, kind) => {
    const text = `a: ${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}\n`;
    expect(read(text).fault?.kind ?? null).toBe(kind);
  });
});

it('the last of 200,000 members is found without looking at all each time', () => {
  const json = parseGoJson(`{${times(200_000, (at) => `"k${at}":${at},`)}"Last":1}`);
  const root = json.ok ? json.root : null;
  for (let asked = 0; asked < 10_000; asked += 1) {
    expect(memberOf(root, 'last')?.key === 'Last').toBe(true);
  }
});

it('long names are not compared letter by letter', () => {
  expect(closest('a'.repeat(500_000), ['b'.repeat(500_000)])).toBeNull();
  expect(closest('lenght', ['length', 'width'])).toBe('length');
});

test.each([
  ['{"a":[1,{"b":1e400}]}', 'json: cannot unmarshal number 1e400 into Go value of type float64'],
  ['[-1e999,1e400]', 'json: cannot unmarshal number -1e999 into Go value of type float64'],
  ['[1e308,1e-400]', null],
])('%s: a number that Go cannot hold', (text, expected) => {
  const json = parseGoJson(text);
  expect(json.ok ? overflowIn(json.root) : 'syntax').toBe(expected);
});

test.each([
  ['"a"', 1],
  ['[]', 1],
  ['[{"a":[1]}]', 4],
  [`${'['.repeat(9000)}${']'.repeat(9000)}`, 1000],
])('depth of %.20s', (text, expected) => {
  const json = parseGoJson(text);
  expect(json.ok ? depthOf(json.root, 1000) : 'syntax').toBe(expected);
});
