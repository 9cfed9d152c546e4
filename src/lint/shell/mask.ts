/** A shell script with parts replaced by spaces; offsets are unchanged. */
interface MaskedScript {
  /** Without comments, here-documents and quoted text. */
  readonly bare: string;
  /** The same, but with the text in double quotes, where expansions work too. */
  readonly expanded: string;
}

/**
 * Replaces text that a shell would not read as commands by spaces. A simple scanner for install scripts; quotes inside
 * `$(…)` in double quotes are read as if they were outside. Linear, never throws.
 */
export function maskScript(text: string): MaskedScript {
  const bare: string[] = [];
  const expanded: string[] = [];
  let at = 0;
  while (at < text.length) {
    const { length, quoted } = tokenAt(text, at);
    const token = text.slice(at, at + length);
    const blank = token.replace(/[^\n]/g, ' ');
    bare.push(quoted === 'no' ? token : blank);
    expanded.push(quoted === 'fully' ? blank : token);
    at += length;
  }
  return { bare: withoutLongLines(bare.join('')), expanded: withoutLongLines(expanded.join('')) };
}

/** Longer than any hand-written line; without longer lines, patterns with lookbehind stay fast. */
function withoutLongLines(text: string): string {
  return text
    .split('\n')
    .map((line) => (line.length < 500 ? line : ' '.repeat(line.length)))
    .join('\n');
}

interface Token {
  readonly length: number;
  readonly quoted: 'no' | 'double' | 'fully';
}

function tokenAt(text: string, at: number): Token {
  const char = text[at];
  if (char === '\\') return { length: 2, quoted: 'fully' };
  if (char === "'") return { length: closing(text, at, "'"), quoted: 'fully' };
  if (char === '"') return { length: closing(text, at, '"'), quoted: 'double' };
  if (char === '#' && /^$|[\s;&|(]/.test(text[at - 1] ?? '')) {
    return { length: lineRest(text, at), quoted: 'fully' };
  }
  const here = char === '<' ? hereDocument(text, at) : null;
  return here ?? { length: 1, quoted: 'no' };
}

/** The length of a quoted part with both quotes; to the end of the script when it is never closed. */
function closing(text: string, at: number, quote: string): number {
  for (let end = at + 1; end < text.length; end += 1) {
    if (text[end] === quote) return end + 1 - at;
    if (text[end] === '\\' && quote === '"') end += 1;
  }
  return text.length - at;
}

function lineRest(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return (end < 0 ? text.length : end) - at;
}

/** From `<<WORD` to its end word; the rest of the first line is replaced too, because no check needs it. */
function hereDocument(text: string, at: number): Token | null {
  const opening = /^<<-?[ \t]*(['"\\]?)([A-Za-z_]\w*)\1/.exec(text.slice(at, at + 100));
  const word = opening?.[2];
  if (word === undefined) return null;
  const end = new RegExp(`\\n[ \\t]*${word}[ \\t\\r]*(?=\\n|$)`, 'g');
  end.lastIndex = at;
  const found = end.exec(text);
  return { length: found ? found.index + found[0].length - at : text.length - at, quoted: 'fully' };
}
