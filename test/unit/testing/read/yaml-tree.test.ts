import { describe, expect, it, test } from 'vitest';
import { type JsonNode, plainValue } from '../../../../src/model/json/node.ts';
import { sourceText } from '../../../../src/model/source-text.ts';
import { Mistakes } from '../../../../src/testing/case/mistakes.ts';
import { yamlTree } from '../../../../src/testing/read/tree.ts';

function read(text: string): { readonly root: JsonNode | null; readonly said: string[] } {
  const mistakes = new Mistakes('tests/x.yaml', sourceText(text));
  const root = yamlTree(text, mistakes);
  const said = mistakes.found.map(
    ({ line, column, message, hint }) => `${line}:${column} ${message} | ${hint}`,
  );
  return { root, said };
}

function readValue(text: string): unknown {
  const { root, said } = read(text);
  expect(said).toEqual([]);
  return root === null ? null : plainValue(root);
}

describe('a scalar is what the core schema of YAML 1.2 makes of it', () => {
  test.each<[string, unknown]>([
    ['null', null],
    ['~', null],
    ['', null],
    ['nUll', 'nUll'],
    ['true', true],
    ['FALSE', false],
    ['yes', 'yes'],
    ['off', 'off'],
    ['12', 12],
    ['-0', -0],
    ['+12', 12],
    ['0777', 777],
    ['08', 8],
    ['0o17', 15],
    ['0O17', '0O17'],
    ['-0o7', '-0o7'],
    ['0x1F', 31],
    ['0X1f', '0X1f'],
    ['0b101', '0b101'],
    ['1_000', '1_000'],
    ['1:30', '1:30'],
    ['1.', 1],
    ['.5', 0.5],
    ['-.5e-1', -0.05],
    ['1e3', 1000],
    ['9007199254740993', 9007199254740992],
    ['18446744073709551616', 2 ** 64],
    ['2001-12-14', '2001-12-14'],
    ['2001-12-14T21:59:43Z', '2001-12-14T21:59:43Z'],
    ['"12"', '12'],
    ["'~'", '~'],
    ['! 12', '12'],
    ['!mine 12', '12'],
    ['!!str 12', '12'],
    ['!!str', ''],
    ['!!int "12"', 12],
    ['!!int 1.5', '1.5'],
    ['!!float 1', 1],
    ['!!bool "true"', true],
    ['!!bool yes', 'yes'],
    ['!!null ""', null],
    ['!!set {a}', { a: null }],
    ['!mine [1]', [1]],
  ])('a: %s', (written, value) => {
    expect(readValue(`a: ${written}`)).toEqual({ a: value });
  });

  test.each(['.nan', '-.INF', '1e400', '!!binary aGk=', '!!timestamp 2001-12-14'])(
    'a: %s is nothing that JSON has',
    (written) => {
      expect(read(`a: ${written}`).said).toEqual([
        '1:4 JSON has no such value | Correct the syntax here or just before',
      ]);
    },
  );
});

describe('what YAML 1.2 allows and yaml.v3 does not', () => {
  test.each<[string, unknown]>([
    ['%YAML 1.2\n---\na: 1', { a: 1 }],
    ['[what?, a?b, :name, "q":1, ::1]', ['what?', 'a?b', ':name', { q: 1 }, '::1']],
    ['{a:, b: c, "d":1}', { a: null, b: 'c', d: 1 }],
    ['[? a : b, ?x]', [{ a: 'b' }, '?x']],
    ['a: 1\n\t\nb: 2\n\t# told\n \t\n', { a: 1, b: 2 }],
    ['- a\n\t\n- b\n\t', ['a', 'b']],
    ['\ufeffa: 1\r\nb: 2\r\n', { a: 1, b: 2 }],
  ])('%j', (text, value) => {
    expect(readValue(text)).toEqual(value);
  });

  it('looks at each tab of a long row once', () => {
    const tabs = '\t'.repeat(200_000);
    expect(readValue(`a: 1\n${tabs}\n`)).toEqual({ a: 1 });
    expect(read(`a: 1\n${tabs}b`).said).toHaveLength(1);
  });
});

describe('anchors and merges are written out', () => {
  test.each<[string, unknown]>([
    ['a: &x 1\nb: *x\na2: &x 2\nc: *x', { a: 1, b: 1, a2: 2, c: 2 }],
    ['a: &k name\n*k : 1', { a: 'name', name: 1 }],
    ['a: &a {x: 1, y: 1}\nb: {<<: *a, x: 2}', { a: { x: 1, y: 1 }, b: { x: 2, y: 1 } }],
    [
      'a: &a {x: 1}\nb: &b {x: 2, z: 2}\nc: {<<: [*a, *b]}',
      { a: { x: 1 }, b: { x: 2, z: 2 }, c: { x: 1, z: 2 } },
    ],
    ['"<<": 1', { '<<': 1 }],
  ])('%j', (text, value) => {
    expect(readValue(text)).toEqual(value);
  });

  it('an alias of itself is too much', () => {
    expect(read('a: &a [*a, *a]').said).toEqual([
      expect.stringMatching(/^1:\d+ this is too much \| Use fewer levels and aliases$/),
    ]);
  });
});

test.each<[string, string]>([
  ['cases: [', '1:9 did not find expected node content | Correct the syntax here or just before'],
  ['cases:\n\t- a', '2:1 found character that cannot start any token (a tab) | Indent with spaces'],
  ['a: "\u0007"', '1:5 control characters are not allowed (U+0007) | Remove the character'],
  ['\ufeffa: "\u0007"', '1:6 control characters are not allowed (U+0007)'],
  ['a: {{ x }}', '1:5 invalid map key | Fill the template in first, or quote the value'],
  ['a: *b', "1:4 unknown anchor 'b' referenced"],
  ['a: 1\n---\nb: 1', '2:1 a second document begins here'],
  ['{a: 1}\n}', '2:1 the document ends before this'],
])('%j is one mistake, at its place', (text, expected) => {
  const { said } = read(text);
  expect(said).toHaveLength(1);
  expect(said[0]).toContain(expected);
});

test('places are those of the file: values with their tags, collections to their end', () => {
  const text = '\ufeffa: !!str 1\nb: { c: [1, 2] } # d\n';
  const { root } = read(text);
  const found: string[] = [];
  const open = root === null ? [] : [root];
  for (let node = open.pop(); node; node = open.pop()) {
    found.push(text.slice(node.start, node.end));
    if (node.type === 'object') open.push(...node.members.map(({ value }) => value));
    if (node.type === 'array') open.push(...node.items);
  }
  expect(found).toEqual([
    text.slice(1, text.indexOf(' # d')),
    '{ c: [1, 2] }',
    '[1, 2]',
    '2',
    '1',
    '!!str 1',
  ]);
});
