import { putTogether, unescaped } from './unescaped.ts';

/** A match of a needle in a text, one character per byte. */
export interface Hit {
  readonly text: string;
  /** Offset of the needle. */
  readonly at: number;
  /** End offset of the needle. */
  readonly end: number;
}

/**
 * The text from a needle up to the second next one of its kind, so that a text with many needles is read at most
 * three times. A key may contain its mark twice: two algorithms of PKCS#5, or an inner version.
 */
export function upToOthers({ text, at, end }: Hit, reach: number): string {
  const rest = text.slice(at, end + reach);
  const needle = text.slice(at, end);
  const next = rest.indexOf(needle, needle.length);
  const other = next < 0 ? -1 : rest.indexOf(needle, next + needle.length);
  return other < 0 ? rest : rest.slice(0, other);
}

/** In a URL or a form its spaces are `+` or `%20`. */
const HEADER =
  /-{4,5} ?BEGIN(?:[ +]|%20)(?:[A-Z0-9]+(?:[ +]|%20)){0,4}PRIVATE(?:[ +]|%20)KEY(?:(?:[ +]|%20)BLOCK)? ?-{4,5}/y;

/** Maximum distance between the header and the key; fields of a PGP block may precede it. */
const BODY = 2048;
/** `Proc-Type: 4,ENCRYPTED`, `Comment: "…"` */
const FIELDS = /^\s*(?:[A-Z][A-Za-z-]{2,30}: ?[^\n]{0,200}\n\s*){1,8}/;

/** Maximum number of other characters between the header and the key, besides white space and base64 lines. */
const MOST_BETWEEN = 120;
/** A line of a key; half a line when unknown separators break it. */
const KEY_LINE = /[A-Za-z0-9+/]{40,}/g;
/** The shortest key, Ed25519, has 64 characters. */
const LEAST_KEY = 60;
/** The base64 alphabet, which every base64 encoder or decoder contains. */
const ALPHABET = /ABCDEFGH|abcdefgh|01234567/;

/** Text allowed between the header and short lines: white space, the end of a string and the start of the next. */
const TIGHT = /^(?:\s|["'`][ \t]{0,8}[+,.\\]?\s{0,80}[rbuRBU]?["'`])*([A-Za-z0-9+/]{1,200})/;
/** At the start of a line, when a key is in a comment. */
const COMMENT_MARK = /^(?:#|\/\/|[*|>;+-])/;
const PLACEHOLDER = /your|key|here|secret|base64|content|data|redact|example|placeholder|^x+$/i;

/**
 * Whether a private key in PEM, PGP or SSH2 form starts at a hit of `-----BEGIN` or `---- BEGIN`: the header and a
 * key, whatever separates its lines. A program that only mentions the header (`text.startswith("-----BEGIN PRIVATE
 * KEY-----")`) does not match. Looks no further than the next dashes, so that a text with many headers is read once.
 */
export function isPrivateKeyText(hit: Hit): boolean {
  if (!isParted(hit)) return isWholeKeyText(hit);
  const whole = putTogether(upToOthers(hit, BODY));
  return isWholeKeyText({ text: whole, at: 0 });
}

/** A header split into two strings. */
const PARTED = /-{4,5} ?BEGIN[ A-Z0-9]{0,40}["'`]/y;

function isParted({ text, at }: Hit): boolean {
  PARTED.lastIndex = at;
  return PARTED.test(text);
}

function isWholeKeyText({ text, at }: Pick<Hit, 'text' | 'at'>): boolean {
  HEADER.lastIndex = at;
  if (!HEADER.test(text)) return false;
  const end = HEADER.lastIndex;
  const rest = text.slice(end, end + BODY);
  const dashes = rest.indexOf('----');
  const isClosed = dashes >= 0;
  const raw = isClosed ? rest.slice(0, dashes) : rest;
  const body = unescaped(raw).replace(FIELDS, '');
  return holdsKeyLines(body) || beginsTightly(body, isClosed);
}

/** Whether base64 lines follow the header closely, between any source text, markup or commands. */
function holdsKeyLines(body: string): boolean {
  let length = 0;
  for (const { 0: line, index } of body.matchAll(KEY_LINE)) {
    if (length === 0 && body.slice(0, index).replace(/\s+/g, '').length > MOST_BETWEEN) break;
    if (isMixed(line)) length += line.length;
    if (length >= LEAST_KEY) return true;
  }
  return false;
}

/**
 * Whether a line has letters of both cases and digits, at least one of each in six characters: joined names have
 * fewer.
 */
export function isMixed(line: string): boolean {
  const digits = line.match(/\d/g)?.length ?? 0;
  const isEnough = digits * 20 >= line.length;
  return isEnough && /[a-z]/.test(line) && /[A-Z]/.test(line) && !ALPHABET.test(line);
}

/** Whether a line of any length directly follows the header (short lines), or only base64 up to the end. */
function beginsTightly(body: string, isClosed: boolean): boolean {
  const line = TIGHT.exec(withoutMarks(body))?.[1] ?? '';
  if (line.length >= 16 && isMixed(line)) return true;
  const lines = body
    .trim()
    .split('\n')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  return isClosed && lines.join('').length >= 4 && lines.every(isBase64);
}

function withoutMarks(body: string): string {
  const [first = '', ...lines] = body.split('\n');
  return [first, ...lines.map((line) => line.trimStart().replace(COMMENT_MARK, ''))].join('\n');
}

function isBase64(line: string): boolean {
  return /^=?[A-Za-z0-9+/]+={0,2}$/.test(line) && !PLACEHOLDER.test(line);
}
