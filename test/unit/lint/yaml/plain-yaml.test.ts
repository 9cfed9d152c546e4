import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { readPlainYaml } from '../../../../src/lint/yaml/plain-yaml.ts';
import { parseYaml } from '../../../../src/lint/yaml/read-yaml.ts';
import type { SourceYaml, YamlKey } from '../../../../src/lint/yaml/source-yaml.ts';

/** What rules look at: everything but where the whole stands. */
function seen({ faults, root, groups, secondDocument }: SourceYaml): object {
  const keys = (list: readonly YamlKey[]): object[] =>
    list.map(({ under, ...key }) => ({ ...key, under: keys(under) }));
  return { faults, root, groups: keys(groups), secondDocument };
}

test.each([
  ['default:\n  interval: 1000\n  url: tcp://127.0.0.1:1883\nfast:\n  interval: 10 # quick\n'],
  ['default: {}\n'],
  ['default:\n\n# none\n'],
  ['default:\r\n    a: "x: y"\r\n    b: \'z\'\r\n'],
  ['# nothing\n'],
  [''],
])('reads %j as the parser does', async (text) => {
  const plain = readPlainYaml(text);
  expect(plain && seen(plain)).toEqual(seen(await parseYaml(text)));
});

test.each([
  ['default:\n  a:\n    b: 1\n'],
  ['default:\n\ta: 1\n'],
  ['default:\n  a: 1\n   b: 2\n'],
  ['default:\n  a: 1\n  a: 2\n'],
  ['default: {}\n  a: 1\n'],
  ['default:\n  true: 1\n'],
  ['default:\n  a: null\n'],
  ['default:\n  - a\n'],
  ['interval: 1000\n'],
  ['---\ndefault:\n'],
  ['  a: 1\n'],
  ['\ufeffdefault:\n'],
  ['default:\n  a: b: c\n'],
  ['default:\n  a: &x 1\n'],
])('leaves %j to the parser', (text) => {
  expect(readPlainYaml(text)).toBeNull();
});

it('never reads anything otherwise than the parser', async () => {
  const line = fc.constantFrom(
    ...[
      'default:',
      'fast:',
      'default: {}',
      'Default: # x',
      'x: 1',
      'null:',
      '',
      '# c',
      '  # c',
      ' ',
    ],
    ...[
      '  a: 1',
      '  aB: "x"',
      "  c: 'y'",
      '  d: a:b',
      '  e: a b',
      '  f: [1]',
      '   g: 1',
      '  h:',
      '  a: 2',
    ],
    ...[
      '  no: 1',
      '  i: yes',
      '  j: 1 #2',
      '  k: 1#2',
      '  l: http://x:1/y',
      '  m: "a\\n"',
      '  n: 0x1F',
    ],
    ...['  o: 1e3', '  p: 2020-01-01', '  q: a:', '  r : 1', '\ts: 1', '  t: "x" y', '---', '...'],
  );
  const end = fc.constantFrom('\n', '\r\n');
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 8 }), end, async (lines, eol) => {
      const text = lines.join(eol) + eol;
      const plain = readPlainYaml(text);
      if (plain) expect(seen(plain)).toEqual(seen(await parseYaml(text)));
    }),
    { numRuns: 3000 },
  );
});
