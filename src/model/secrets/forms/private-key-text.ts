import { putTogether } from './put-together.ts';
import { unescaped } from './unescaped.ts';

/** A text in which a needle was found, one character per byte. */
export interface Hit {
  readonly text: string;
  /** Where the needle begins. */
  readonly at: number;
  /** Where it ends. */
  readonly end: number;
}

/**
 * What begins with a needle, up to the next but one of its kind, so that a text of nothing but needles is read thrice at
 * most. A key may hold its mark twice: two algorithms of PKCS#5, or a version inside as well.
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

/** So far behind the header the key is looked for; fields of a PGP block may stand in between. */
const BODY = 2048;
/** `Proc-Type: 4,ENCRYPTED`, `Comment: "…"` */
const FIELDS = /^\s*(?:[A-Z][A-Za-z-]{2,30}: ?[^\n]{0,200}\n\s*){1,8}/;

/** So many characters that are neither white space nor base64 lines may stand between the header and the key. */
const MOST_BETWEEN = 120;
/** A line of a key; half of one where the lines are broken by what nobody foresees. */
const KEY_LINE = /[A-Za-z0-9+/]{40,}/g;
/** All of the shortest key there is, one for Ed25519, is 64. */
const LEAST_KEY = 60;
/** The alphabet of base64, which every program that reads or writes it holds. */
const ALPHABET = /ABCDEFGH|abcdefgh|01234567/;

/** What may stand between the header and lines of any length: white space, a string that ends and the next one. */
const TIGHT = /^(?:\s|["'`][ \t]{0,8}[+,.\\]?\s{0,80}[rbuRBU]?["'`])*([A-Za-z0-9+/]{1,200})/;
/** In front of a line, where a key stands in a comment. */
const COMMENT_MARK = /^(?:#|\/\/|[*|>;+-])/;
const PLACEHOLDER = /your|key|here|secret|base64|content|data|redact|example|placeholder|^x+$/i;

/**
 * Whether a private key in PEM, PGP or SSH2 form begins at a hit of `-----BEGIN` or `---- BEGIN`: the header with a key
 * behind it, whatever separates its lines. A program that only speaks of the header
 * (`text.startswith("-----BEGIN PRIVATE KEY-----")`) holds none. Looks no further than the next dashes, so that a text
 * of nothing but headers is read once.
 */
export function isPrivateKeyText(hit: Hit): boolean {
  if (!isParted(hit)) return isWholeKeyText(hit);
  const whole = putTogether(upToOthers(hit, BODY));
  return isWholeKeyText({ text: whole, at: 0 });
}

/** A header in two strings. */
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
  if (raw.trim() === '') return !isClosed && end + BODY >= text.length && standsAlone(text, at);
  const body = unescaped(raw).replace(FIELDS, '');
  return holdsKeyLines(body) || beginsTightly(body, isClosed);
}

/** Lines of base64 soon after the header, between whatever source text, markup or commands. */
function holdsKeyLines(body: string): boolean {
  let length = 0;
  for (const { 0: line, index } of body.matchAll(KEY_LINE)) {
    if (length === 0 && body.slice(0, index).replace(/\s+/g, '').length > MOST_BETWEEN) break;
    if (isMixed(line)) length += line.length;
    if (length >= LEAST_KEY) return true;
  }
  return false;
}

/** Letters of both cases and digits, of which one character in six is in a key: names put together have fewer. */
export function isMixed(line: string): boolean {
  const digits = line.match(/\d/g)?.length ?? 0;
  const isEnough = digits * 20 >= line.length;
  return isEnough && /[a-z]/.test(line) && /[A-Z]/.test(line) && !ALPHABET.test(line);
}

/** A line of any length just behind the header, as it is where lines are short; or nothing but base64 up to the end. */
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

const BYTE_ORDER_MARK = 'ï»¿';
const MARGIN = 200;

/** Whether the header is a line of its own, as in the file that a tool wrote: what follows is behind the limit. */
function standsAlone(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - MARGIN), at);
  const front = before.slice(before.lastIndexOf('\n') + 1).replace(BYTE_ORDER_MARK, '');
  return /^[\s#*/>|;+-]*$/.test(front);
}
