import { parseForeignJson } from '../model/json/bounded.ts';
import { clipped, wordsOf } from './http/foreign-text.ts';

/** A decoded error response of a host. */
export interface ErrorBody {
  /** The message, escape sequences removed; empty for an empty body. */
  readonly words: string;
  /** eKuiper's own error number (1000 undefined, 1002 not found …), null in plain text. */
  readonly code: number | null;
  /** The format of the body; eKuiper never sends `html`. */
  readonly form: 'json' | 'loose' | 'text' | 'html';
}

const WORDS_LIMIT = 16_384;

/**
 * Decodes the body of an error response by its content, not by its Content-Type (docs/ekuiper.md#error-bodies): JSON;
 * JSON whose message is not escaped (1.13–1.14) or escaped as Go's `%q` does (2.x); an HTML page; plain text.
 */
export function readErrorBody(body: string): ErrorBody {
  const text = body.trim();
  return fromJson(text) ?? fromLooseJson(text) ?? fromPage(text) ?? made(text, null, 'text');
}

/** Whether a text is an HTML page. Linear time. */
export function looksLikeHtml(text: string): boolean {
  return /^<(!doctype\s{1,99}html|html|head|body|title)\b/i.test(behindComments(text, 99));
}

/** The first 99 characters after leading white space and HTML comments. */
function behindComments(text: string, length: number): string {
  let at = skipSpace(text, 0);
  while (text.startsWith('<!--', at)) {
    const end = text.indexOf('-->', at + 4);
    if (end < 0) return '';
    at = skipSpace(text, end + 3);
  }
  return text.slice(at, at + length);
}

function skipSpace(text: string, at: number): number {
  const space = /\s*/y;
  space.lastIndex = at;
  space.test(text);
  return space.lastIndex;
}

function made(words: string, code: number | null, form: ErrorBody['form']): ErrorBody {
  return { words: clipped(wordsOf(words).trim(), WORDS_LIMIT), code, form };
}

function fromJson(text: string): ErrorBody | null {
  let value: unknown;
  try {
    value = parseForeignJson(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const words = 'message' in value ? value.message : 'error' in value ? value.error : null;
  if (typeof words !== 'string') return null;
  const code = 'error' in value && typeof value.error === 'number' ? value.error : null;
  return made(words, code, 'json');
}

function fromLooseJson(text: string): ErrorBody | null {
  const head = /^\{\s*(?:"error"\s*:\s*(-?\d+)\s*,\s*)?"message"\s*:\s*"/.exec(text);
  if (!head) return null;
  const rest = text.slice(head[0].length);
  // The end may be missing: the connection was lost, or a proxy truncated the body.
  const inner = rest.endsWith('}') ? rest.slice(0, -1).trimEnd() : rest;
  const words = inner.endsWith('"') ? inner.slice(0, -1) : inner;
  const code = head[1] === undefined ? null : Number(head[1]);
  return made(isRaw(words) ? words : unquoteGo(words), code, 'loose');
}

/** An unescaped line feed or quotation mark shows that nothing in the message was escaped. */
function isRaw(inner: string): boolean {
  return inner.includes('\n') || inner.replace(/\\[\s\S]/g, '').includes('"');
}

const GO_ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\u000b',
};

function unquoteGo(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/g,
    (whole, x?: string, u?: string, long?: string, one?: string) => {
      const hex = x ?? u ?? long;
      if (hex === undefined) return GO_ESCAPES[one ?? ''] ?? one ?? whole;
      const point = Number.parseInt(hex, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    },
  );
}

function fromPage(text: string): ErrorBody | null {
  if (!looksLikeHtml(text)) return null;
  const title = /<title[^>]{0,200}>([\s\S]{0,200}?)<\/title>/i.exec(text)?.[1] ?? '';
  return made(title.replace(/\s+/g, ' '), null, 'html');
}
