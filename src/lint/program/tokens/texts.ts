import type { Span } from '../../../model/json/node.ts';
import type { Language } from './grammars.ts';

const QUOTES = /^([a-z]*)("""|'''|["'`])/i;

/** The text between the quotation marks of a string literal. */
export function insideOf(text: string): string {
  const [whole = '', , quote = ''] = QUOTES.exec(text) ?? [];
  return text.slice(whole.length, text.length - quote.length);
}

const PLAIN_ESCAPE = /\\(["'\\])/g;

/** The value of a string literal without code in it; null for bytes and for escapes other than `\\` and quotes. */
export function writtenText(text: string, language: Language): string | null {
  const [, prefix = '', quote = ''] = QUOTES.exec(text) ?? [];
  if (/[bt]/i.test(prefix)) return null;
  const inside = insideOf(text).replaceAll('\r\n', '\n');
  const body = /f/i.test(prefix) ? withoutDoubles(inside) : inside;
  if (/r/i.test(prefix) || (language === 'go' && quote === '`')) return body;
  const isKnown = !body.replace(PLAIN_ESCAPE, '').includes('\\');
  return isKnown ? body.replace(PLAIN_ESCAPE, '$1') : null;
}

/** A part of a string that is assembled at run time. */
export interface TextPart {
  /** `code`: an expression whose value is inserted. */
  readonly type: 'text' | 'code';
  readonly text: string;
  /** Its offset in the source. */
  readonly start: number;
}

/**
 * The parts of an f-string or template that contains code; null for other strings, and when there is a format
 * specification or an escape.
 */
export function textParts(
  string: Span & {
    readonly text: string;
    readonly holes: readonly Span[];
  },
): TextPart[] | null {
  const { text, start, holes } = string;
  if (holes.length === 0 || text.includes('\\')) return null;
  const [whole = '', , quote = ''] = QUOTES.exec(text) ?? [];
  const isTemplate = quote === '`';
  const parts: TextPart[] = [];
  let at = start + whole.length;
  const add = (type: TextPart['type'], end: number): void => {
    const piece = text.slice(at - start, end - start);
    const said = isTemplate || type === 'code' ? piece : withoutDoubles(piece);
    if (piece !== '') parts.push({ type, text: said, start: at });
  };
  for (const hole of holes) {
    add('text', hole.start - (isTemplate ? 2 : 1));
    at = hole.start;
    add('code', hole.end);
    at = hole.end + 1;
  }
  add('text', string.end - quote.length);
  const isPlain =
    isTemplate || !parts.some(({ type, text: code }) => type === 'code' && /[{}!:=]/.test(code));
  return isPlain ? parts : null;
}

/** Two braces of an f-string stand for one. */
function withoutDoubles(text: string): string {
  return text.replaceAll('{{', '{').replaceAll('}}', '}');
}
