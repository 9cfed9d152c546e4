import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { parseYaml, type YamlKey } from '../../../../src/lint/yaml/read-yaml.ts';

const read = (text: string) => parseYaml(new TextEncoder().encode(text));

/** `default{a,b{c}}`: the keys and what is below them. */
function outline(keys: readonly YamlKey[]): string {
  return keys
    .map(({ key, under }) => (under.length > 0 ? `${key}{${outline(under)}}` : key))
    .join();
}

test.each([
  ['default:\n  a: 1\n  b:\n    c: 2\n', 'default{a,b{c}}'],
  ['default: {a: 1, "b c": 2}\n', 'default{a,b c}'],
  ['base: &b\n  a: 1\nfast: *b\nslow:\n  <<: *b\n  z: 1\n', 'base{a},fast{a},slow{z}'],
  ['\ufeffdefault:\r\n  a: 1\r\n', 'default{a}'],
  ['%YAML 1.1\n---\ndefault: {}\n', 'default'],
  ['default:\n  list:\n    - inList: 1\n', 'default{list}'],
  ['', ''],
  ['# nothing\n', ''],
  ['~\n', ''],
])('%j', (text, groups) => {
  const yaml = read(text);
  expect([yaml.fault, outline(yaml.groups)]).toEqual([null, groups]);
});

it('tells of every duplicate key, at every level', () => {
  const { fault, duplicates } = read('a: {x: 1, x: 2}\nb:\n  <<: {p: 1}\n  <<: {q: 1}\na: 3\n');
  expect(fault?.kind).toBe('duplicate-key');
  expect(duplicates.map(({ key }) => key).sort()).toEqual(['<<', 'a', 'x']);
});

it('aliases cannot multiply without end', () => {
  const levels = Array.from(
    { length: 30 },
    (_, i) => `l${i + 1}: &l${i + 1} {a: *l${i}, b: *l${i}}`,
  );
  const { groups, fault } = read(`l0: &l0 {x: 1}\n${levels.join('\n')}\n`);
  expect([fault?.message, groups]).toEqual(['document contains excessive aliasing', []]);
});

it('never throws, and points into the text', () => {
  const piece = fc.constantFrom(
    ...[
      'a',
      'B',
      ':',
      ': ',
      ' ',
      '  ',
      '\n',
      '\t',
      '- ',
      '{',
      '}',
      '[',
      ']',
      '&x',
      '*x',
      '"',
      "'",
      '#',
    ],
    ...['---\n', '<<', '!', '|', '>', '%', '1', 'true', '\ufeff', '\r\n', '?'],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
      const text = pieces.join('');
      const { fault, groups, duplicates } = read(text);
      for (const { at } of [...(fault ? [fault] : []), ...duplicates, ...groups]) {
        expect(at.start).toBeGreaterThanOrEqual(0);
        expect(at.start).toBeLessThanOrEqual(text.length);
      }
    }),
    { numRuns: 500 },
  );
});
