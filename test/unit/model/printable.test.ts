import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visible, visibleJson, visibleLine } from '../../../src/model/printable.ts';

/** Written out by number, not by the expression under test. */
const OBEYED: readonly (readonly [number, number])[] = [
  [0x00, 0x08],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x600, 0x605],
  [0x61c, 0x61c],
  [0x6dd, 0x6dd],
  [0x70f, 0x70f],
  [0x890, 0x891],
  [0x8e2, 0x8e2],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x2800, 0x2800],
  [0x3164, 0x3164],
  [0xd800, 0xdfff],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  [0x110bd, 0x110bd],
  [0x110cd, 0x110cd],
  [0x13430, 0x1343f],
  [0x1bca0, 0x1bca3],
  [0x1d173, 0x1d17a],
  [0xe0000, 0xe0fff],
];

/** The first character that a terminal would obey or hide, as a number; null when there is none. */
function obeyed(text: string): number | null {
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (OBEYED.some(([from, to]) => code >= from && code <= to)) return code;
  }
  return null;
}

describe('a text for a terminal', () => {
  it('shows every character of the ranges and nothing else differently', () => {
    const wrong: number[] = [];
    for (let code = 0; code <= 0xe1000; code += 1) {
      const char = String.fromCodePoint(code);
      const isAsSaid = (visible(char) !== char) === (obeyed(char) !== null);
      if (!isAsSaid) wrong.push(code);
    }
    expect(wrong).toEqual([]);
  });

  it.each([
    ['\u001b[31mred', '\\x1b[31mred'],
    ['a\u202eb\u061c', 'a\\u202eb\\u061c'],
    ['x\u{e0041}\u200d', 'x\\u{e0041}\\u200d'],
    ['py\u00adsam', 'py\\xadsam'],
    ['pysam\u3164\u115f\uffa0\u2800', 'pysam\\u3164\\u115f\\uffa0\\u2800'],
    ['a\ufe0f\u034f\u180e\u17b4', 'a\\ufe0f\\u034f\\u180e\\u17b4'],
    ['a\u{e0100}\u{1d173}\ufffa', 'a\\u{e0100}\\u{1d173}\\ufffa'],
    ['\ud83d', '\\ud83d'],
    ['ä😀\t\n', 'ä😀\t\n'],
  ])('%j', (text, expected) => {
    expect(visible(text)).toBe(expected);
  });

  it('is on one line where that is wanted', () => {
    expect(visibleLine('a\n\tb\r')).toBe('a\\x0a\\x09b\\x0d');
  });

  it('whatever comes, nothing is obeyed, and JSON stays what it was', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.integer({ min: 0, max: 0x10ffff }))
        .map((codes) => codes.map((code) => String.fromCodePoint(code)).join('')),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        expect(obeyed(visible(text))).toBeNull();
        const json = visibleJson(JSON.stringify({ [text]: text }));
        expect(obeyed(json)).toBeNull();
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify({ [text]: text })));
      }),
    );
  });
});
