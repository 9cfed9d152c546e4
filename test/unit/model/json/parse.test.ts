import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { JsonNode } from '../../../../src/model/json/node.ts';
import { parseGoJson } from '../../../../src/model/json/parse.ts';

/** The plain value of a tree, for comparison with JSON.parse. */
function plain(node: JsonNode): unknown {
  if (node.type === 'array') return node.items.map(plain);
  if (node.type === 'null') return null;
  if (node.type !== 'object') return node.value;
  return Object.fromEntries(node.members.map(({ key, value }) => [key, plain(value)]));
}

describe("Go's own words", () => {
  test.each([
    ['', 'unexpected end of JSON input', 0],
    ['  \n', 'unexpected end of JSON input', 3],
    ['{"a": ', 'unexpected end of JSON input', 6],
    ['"abc', 'unexpected end of JSON input', 4],
    ['\ufeff{}', "invalid character 'ï' looking for beginning of value", 0],
    ['// x\n{}', "invalid character '/' looking for beginning of value", 0],
    ['{"a":1,}', "invalid character '}' looking for beginning of object key string", 7],
    ['[1,]', "invalid character ']' looking for beginning of value", 3],
    ['{} x', "invalid character 'x' after top-level value", 3],
    ['{"a" 1}', "invalid character '1' after object key", 5],
    ['{"a":1 "b"', "invalid character '\"' after object key:value pair", 7],
    ['[1 2]', "invalid character '2' after array element", 3],
    ["{'a': 1}", "invalid character '\\'' looking for beginning of object key string", 1],
    ['"a\nb"', "invalid character '\\n' in string literal", 2],
    ['"\\x"', "invalid character 'x' in string escape code", 2],
    ['"\\u12g4"', "invalid character 'g' in \\u hexadecimal character escape", 5],
    ['tru', "invalid character ' ' in literal true (expecting 'e')", 3],
    ['nul1', "invalid character '1' in literal null (expecting 'l')", 3],
    ['-', "invalid character ' ' in numeric literal", 1],
    ['1.', "invalid character ' ' after decimal point in numeric literal", 2],
    ['1e+', "invalid character ' ' in exponent of numeric literal", 3],
    ['01', "invalid character '1' after top-level value", 1],
    ['\u00a0', "invalid character 'Â' looking for beginning of value", 0],
    ['😀', "invalid character 'ð' looking for beginning of value", 0],
    ['\u0001', "invalid character '\\x01' looking for beginning of value", 0],
    ['\u007f', "invalid character '\\x7f' looking for beginning of value", 0],
  ])('%j', (text, message, start) => {
    const json = parseGoJson(text);
    expect(json).toMatchObject({ ok: false, message, at: { start } });
  });
});

it('keeps duplicates, letter case and places', () => {
  const json = parseGoJson('{"a": 1, "A": [true]}');
  expect(json).toEqual({
    ok: true,
    root: {
      type: 'object',
      start: 0,
      end: 21,
      members: [
        {
          key: 'a',
          keySpan: { start: 1, end: 4 },
          value: { type: 'number', value: 1, text: '1', start: 6, end: 7 },
        },
        {
          key: 'A',
          keySpan: { start: 9, end: 12 },
          value: {
            type: 'array',
            start: 14,
            end: 20,
            items: [{ type: 'boolean', value: true, start: 15, end: 19 }],
          },
        },
      ],
    },
  });
});

test.each([
  ['"\\ud83d\\ude00"', '😀'],
  ['"\\ud83d"', '\ufffd'],
  ['"\\ude00x"', '\ufffdx'],
  ['"\\ud83d\\u0041"', '\ufffdA'],
  ['"\\b\\f\\n\\r\\t\\/\\\\\\""', '\b\f\n\r\t/\\"'],
])('escapes: %s', (text, value) => {
  expect(parseGoJson(text)).toMatchObject({ ok: true, root: { value } });
});

describe('whatever comes', () => {
  it('agrees with JSON.parse on JSON', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const json = parseGoJson(text);
        expect(json.ok && plain(json.root)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('gives every value the place it stands at', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const json = parseGoJson(text);
        const { start, end } = json.ok ? json.root : { start: 0, end: 0 };
        expect(JSON.parse(text.slice(start, end))).toEqual(JSON.parse(text));
      }),
    );
  });

  const piece = fc.constantFrom(
    ...[
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '"k":',
      '1',
      '-',
      '.5',
      'e9',
      'tru',
      'null',
      '\\u1',
      '\\',
    ],
    ...[' ', '\n', '\ufeff', 'ï', '😀', '\u0000', "'", '/', '//'],
  );

  it('refuses exactly what JSON.parse refuses, inside the text, and never throws', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const json = parseGoJson(text);
        expect(json.ok).toBe(isJson(text));
        if (!json.ok) {
          expect(json.at.start).toBeGreaterThanOrEqual(0);
          expect(json.at.end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('survives any nesting and refuses what Go refuses', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect(parseGoJson(nested(10_000)).ok).toBe(true);
    expect(parseGoJson(nested(10_001))).toMatchObject({
      ok: false,
      message: "invalid character '[' exceeded max depth",
    });
    expect(parseGoJson('['.repeat(2_000_000)).ok).toBe(false);
    expect(parseGoJson('{"a":'.repeat(9_999)).ok).toBe(false);
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
