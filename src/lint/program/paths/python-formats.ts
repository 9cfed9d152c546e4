import type { Token } from '../tokens/token.ts';

/** A piece of a text that is put together when the program runs. */
export interface FormatPart {
  readonly type: 'text' | 'field';
  /** Of a field what stands between its braces. */
  readonly text: string;
  /** Where it begins in the source. */
  readonly start: number;
}

const F_STRING = /^(?:r?f|fr)("""|'''|"|')([\s\S]*)\1$/i;
const PIECE = /\{\{|\}\}|\{([^{}!:=]+)\}|[^{}]+/gy;

/** The pieces of an f-string; null for another token, and where a field has a format or a text an escape. */
export function fStringParts({ text, start }: Token): FormatPart[] | null {
  const found = F_STRING.exec(text);
  const [, quote = '', body = ''] = found ?? [];
  if (!found || body.includes('\\')) return null;
  const from = start + text.length - quote.length - body.length;
  const parts: FormatPart[] = [];
  let at = 0;
  for (const piece of body.matchAll(PIECE)) {
    const [whole, field] = piece;
    at = piece.index + whole.length;
    const isPlain = field === undefined;
    const plain = whole === '{{' ? '{' : whole === '}}' ? '}' : whole;
    const place = from + piece.index + (isPlain ? 0 : 1);
    parts.push({ type: isPlain ? 'text' : 'field', text: isPlain ? plain : field, start: place });
  }
  return at === body.length ? parts : null;
}

/** `"%s/x" % (value)`: null when other fields than `%s` are there, or another number of them. */
export function percentFilled(template: string, values: readonly string[]): string | null {
  const pieces = template.split('%s');
  if (pieces.length !== values.length + 1 || pieces.some((piece) => piece.includes('%')))
    return null;
  return pieces.map((piece, at) => piece + (values[at] ?? '')).join('');
}

/** `"{}/x".format(value)` and `"{0}/x"`; null for names and formats. */
export function braceFilled(template: string, values: readonly string[]): string | null {
  let next = 0;
  let isKnown = true;
  const filled = template.replace(/\{(\d{0,2})\}/g, (_, number: string) => {
    const value = values[number === '' ? next : Number(number)];
    next += 1;
    isKnown &&= value !== undefined;
    return value ?? '';
  });
  return isKnown && next > 0 && !/[{}]/.test(filled) ? filled : null;
}
