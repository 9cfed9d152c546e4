import { describe, expect, test } from 'vitest';
import { goQuote, goQuoteChar } from '../../../../src/model/json/go-error.ts';

describe("Go's %q", () => {
  test.each([
    ['plain', '"plain"'],
    ['a "b" \\ c', '"a \\"b\\" \\\\ c"'],
    ['\n\t\r', '"\\n\\t\\r"'],
    ['\u0007\u001b\u007f', '"\\a\\x1b\\x7f"'],
    ['ïü€😀', '"ïü€😀"'],
    ['\u00a0\ufeff', '"\\u00a0\\ufeff"'],
    ['\u{e0001}', '"\\U000e0001"'],
  ])('%j', (text, quoted) => {
    expect(goQuote(text)).toBe(quoted);
  });
});

test.each([
  ["'", "'\\''"],
  ['"', "'\"'"],
  ['\u0000', "'\\x00'"],
  ['\u00ad', "'\\u00ad'"],
  ['ï', "'ï'"],
])('one character: %j', (char, quoted) => {
  expect(goQuoteChar(char)).toBe(quoted);
});
