import type { Span } from './node.ts';

/** Syntax that people write in JSON and Go rejects, although its meaning is clear. */
export interface JsonFlaw {
  readonly kind: 'byte-order-mark' | 'comment' | 'trailing-comma';
  readonly at: Span;
}

/** Sticky, and each linear: white space, a string, a comment up to its end, anything else. */
const SPACE = /\s+/y;
const STRING = /"(?:[^"\\\n]+|\\.)*"?/y;
const LINE_COMMENT = /(?:\/\/|#)[^\n]*/y;

/**
 * Replaces a byte-order mark, comments and trailing commas by blanks, so that the rest can be checked too. All other
 * characters keep their offset. Linear in the text.
 */
export function fixJson(text: string): { readonly text: string; readonly flaws: JsonFlaw[] } {
  const flaws: JsonFlaw[] = [];
  let comma: number | null = null;
  let at = text.startsWith('\ufeff') ? 1 : 0;
  if (at === 1) flaws.push({ kind: 'byte-order-mark', at: { start: 0, end: 1 } });
  while (at < text.length) {
    const space = endOf(SPACE, text, at);
    const comment = space === null ? commentEnd(text, at) : null;
    const end = space ?? comment ?? endOf(STRING, text, at) ?? at + 1;
    if (comment !== null) flaws.push({ kind: 'comment', at: { start: at, end } });
    else if (space === null) {
      const closes = text[at] === '}' || text[at] === ']';
      if (closes && comma !== null) {
        flaws.push({ kind: 'trailing-comma', at: { start: comma, end: comma + 1 } });
      }
      comma = text[at] === ',' ? at : null;
    }
    at = end;
  }
  flaws.sort((a, b) => a.at.start - b.at.start);
  return { text: blanked(text, flaws), flaws };
}

function commentEnd(text: string, at: number): number | null {
  if (text.startsWith('/*', at)) {
    const close = text.indexOf('*/', at + 2);
    // An unclosed comment extends to the end, so this search runs only once.
    return close < 0 ? text.length : close + 2;
  }
  return endOf(LINE_COMMENT, text, at);
}

function endOf(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}

function blanked(text: string, flaws: readonly JsonFlaw[]): string {
  let result = '';
  let from = 0;
  for (const { at } of flaws) {
    result += text.slice(from, at.start);
    result += text.slice(at.start, at.end).replace(/[^\n\r]/g, ' ');
    from = at.end;
  }
  return result + text.slice(from);
}
