import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { yamlOf } from '../../../../src/lint/yaml/read-yaml.ts';
import type { YamlKey } from '../../../../src/lint/yaml/source-yaml.ts';
import { sourceText } from '../../../../src/model/source-text.ts';

const read = (text: string) => yamlOf({ path: 'sources/x.yaml', source: sourceText(text) });

/** `default{a,b{c}}`: the keys and what is below them. */
function outline(keys: readonly YamlKey[]): string {
  return keys
    .map(({ key, under }) => (under.length > 0 ? `${key}{${outline(under)}}` : key))
    .join();
}

test.each([
  ['default:\n  a: 1\n  b:\n    c: 2\n', 'mapping', 'default{a,b{c}}'],
  ['default: {a: 1, "b c": 2}\n', 'mapping', 'default{a,b c}'],
  ['base: &b\n  a: 1\nfast: *b\nslow:\n  <<: *b\n  z: 1\n', 'mapping', 'base{a},fast{a},slow{z}'],
  ['\ufeffdefault:\r\n  a: 1\r\n', 'mapping', 'default{a}'],
  ['%YAML 1.1\n---\ndefault: {}\n', 'mapping', 'default'],
  ['default:\n  list:\n    - inList: 1\n', 'mapping', 'default{list}'],
  ['', 'empty', ''],
  ['# nothing\n', 'empty', ''],
  ['~\n', 'empty', ''],
  ['- a\n', 'other', ''],
])('%j', async (text, root, groups) => {
  const yaml = await read(text);
  expect(yaml.faults).toEqual([]);
  expect([yaml.root, outline(yaml.groups)]).toEqual([root, groups]);
});

it('aliases cannot multiply without end', async () => {
  const levels = Array.from(
    { length: 30 },
    (_, i) => `l${i + 1}: &l${i + 1} {a: *l${i}, b: *l${i}}`,
  );
  const { groups } = await read(`l0: &l0 {x: 1}\n${levels.join('\n')}\n`);
  expect(groups).toHaveLength(31);
});

it('never throws, and points into the text', async () => {
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
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 25 }), async (pieces) => {
      const text = pieces.join('');
      const { faults, groups } = await read(text);
      for (const { at } of [...faults, ...groups]) {
        expect(at.start).toBeGreaterThanOrEqual(0);
        expect(at.start).toBeLessThanOrEqual(text.length);
      }
    }),
    { numRuns: 500 },
  );
});
