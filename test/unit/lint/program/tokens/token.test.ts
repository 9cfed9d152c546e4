// biome-ignore-all lint/suspicious/noTemplateCurlyInString: TypeScript in texts
import { describe, expect, it } from 'vitest';
import type { Language } from '../../../../../src/lint/program/tokens/lexer.ts';
import { tokensOf } from '../../../../../src/lint/program/tokens/token.ts';

const texts = (language: Language, source: string): string[] =>
  tokensOf(language, source).map(({ text }) => text);

/** The texts of all tokens, and for strings what they say. */
const SPLIT: readonly (readonly [Language, string, readonly string[]])[] = [
  ['go', 'a := 1 // c', ['a', ':=', '1']],
  ['go', '/* "x" */ b', ['b']],
  ['go', 'map[string]int{"a": 1}', ['map', '[', 'string', ']', 'int', '{', '"a"', ':', '1', '}']],
  ['go', "'\"' x", ["'\"'", 'x']],
  ['go', "'\\'' + '\\\\'", ["'\\''", '+', "'\\\\'"]],
  ['go', '"// no comment"', ['"// no comment"']],
  ['go', '`a\n"b" // \\` + c', ['`a\n"b" // \\`', '+', 'c']],
  ['go', 'f(a...)', ['f', '(', 'a', '...', ')']],
  ['go', 'a\r\nb // c\r\nd', ['a', 'b', 'd']],
  ['python', 'a = 1  # comment', ['a', '=', '1']],
  ['python', 'f("x", b=2)', ['f', '(', '"x"', ',', 'b', '=', '2', ')']],
  ['python', 'a\nb', ['a', '\n', 'b']],
  ['python', 'a\r\nb', ['a', '\n', 'b']],
  ['python', '(a\nb)', ['(', 'a', 'b', ')']],
  ['python', 'a \\\n b', ['a', 'b']],
  ['python', 'a \\\r\n b', ['a', 'b']],
  ['python', 'x == y ** 2', ['x', '==', 'y', '**', '2']],
  ['python', 'from ...a import b', ['from', '.', '.', '.', 'a', 'import', 'b']],
  ['python', 'größe: int', ['größe', ':', 'int']],
  ['python', '\ufeffa', ['a']],
  ['python', '"#" # "', ['"#"']],
  ['python', 'x in"ab"', ['x', 'in', '"ab"']],
  ['python', "'a\\\nb' 'a\\\r\nb'", ["'a\\\nb'", "'a\\\r\nb'"]],
  ['python', 'rb"\\"" Rb\'x\'', ['rb"\\""', "Rb'x'"]],
  ['python', `f'{a["b"]}' + c`, [`f'{a["b"]}'`, '+', 'c']],
  ['python', 'f"{a["b"]}" + c', ['f"{a["b"]}"', '+', 'c']],
  ['python', 'f"{f"{f"{1}"}"}" + c', ['f"{f"{f"{1}"}"}"', '+', 'c']],
  ['python', `f"{x:'>10}" + c`, [`f"{x:'>10}"`, '+', 'c']],
  ['python', 'f"{x:{w}.{p}}{{" + c', ['f"{x:{w}.{p}}{{"', '+', 'c']],
  ['python', 'f"{ {1: 2}[1] }" + c', ['f"{ {1: 2}[1] }"', '+', 'c']],
  ['python', 'fR"""{a}\n"{b}" """ c', ['fR"""{a}\n"{b}" """', 'c']],
  ['typescript', '#!/usr/bin/env node\na', ['a']],
  ['typescript', '\ufeffa /* b */ => c // d', ['a', '=>', 'c']],
  ['typescript', '`a${`b${c}`}d` + e', ['`a${`b${c}`}d`', '+', 'e']],
  ['typescript', '`${{ a: "}" }}${/}`/}` + e', ['`${{ a: "}" }}${/}`/}`', '+', 'e']],
  ['typescript', '`\\`\\${` + e', ['`\\`\\${`', '+', 'e']],
  ['typescript', 'a = /[\'"`]/g.test(b)', ['a', '=', '/[\'"`]/g', '.', 'test', '(', 'b', ')']],
  ['typescript', 'f(/[/]\\//, 1)', ['f', '(', '/[/]\\//', ',', '1', ')']],
  ['typescript', 'return /"/', ['return', '/"/']],
  ['typescript', 'a / b / c', ['a', '/', 'b', '/', 'c']],
  ['typescript', 'a! / b / c', ['a', '!', '/', 'b', '/', 'c']],
  ['typescript', 'i++ / 2 / c', ['i', '++', '/', '2', '/', 'c']],
  [
    'typescript',
    '(a) / b[0] / `c` / 2',
    ['(', 'a', ')', '/', 'b', '[', '0', ']', '/', '`c`', '/', '2'],
  ],
  ['typescript', 'a ? / 2\n"/"', ['a', '?', '/', '2', '"/"']],
  ['typescript', "'a\\\r\nb'\r\nc", ["'a\\\r\nb'", 'c']],
  ['typescript', '...a', ['...', 'a']],
];

describe('a source is split', () => {
  it.each(SPLIT)('%s: %j', (language, source, expected) => {
    expect(texts(language, source)).toEqual(expected);
  });
});

describe('what is never closed tells nothing', () => {
  it.each<[Language, string]>([
    ['go', '"open'],
    ['go', '"a\nb"'],
    ['go', '"a\\'],
    ['go', '`open'],
    ['go', "'"],
    ['go', '/* open'],
    ['python', '"open'],
    ['python', "'a\nb'"],
    ['python', '"""open""'],
    ['python', 'f"{a'],
    ['python', 'f"{a:"'],
    ['python', `${'f"{'.repeat(40)}1${'}"'.repeat(40)}`],
    ['typescript', "'open"],
    ['typescript', '`open'],
    ['typescript', '`${`open`'],
    ['typescript', '`${"open}`'],
    ['typescript', '/* open *'],
  ])('%s: %j', (language, source) => {
    expect(tokensOf(language, `a = ${source}`)).toEqual([]);
  });
});

describe('the value of a string', () => {
  it.each<[Language, string, string | null]>([
    ['go', '"a\\"b\\\\c"', 'a"b\\c'],
    ['go', '`\\d`', '\\d'],
    ['go', '`a\r\nb`', 'a\nb'],
    ['go', '"\\u0041"', null],
    ['python', "'it\\'s'", "it's"],
    ['python', '"""a\n"b" \'c\'"""', 'a\n"b" \'c\''],
    ['python', "r'\\d'", '\\d'],
    ['python', "'\\x41'", null],
    ['python', "b'a'", null],
    ['python', "f'{{a}}'", '{a}'],
    ['python', "f'{a}'", null],
    ['typescript', '`a`', 'a'],
    ['typescript', "'it\\'s'", "it's"],
    ['typescript', "'a\\n'", null],
    ['typescript', '`a${b}`', null],
  ])('%s: %j', (language, source, value) => {
    expect(tokensOf(language, source).map((token) => token.value)).toEqual([value]);
  });
});
