/** A text in which a needle was found, one character per byte. */
export interface Hit {
  readonly text: string;
  /** Where the needle begins. */
  readonly at: number;
  /** Where it ends. */
  readonly end: number;
}

const HEADER = /-{4,5} ?BEGIN (?:[A-Z0-9]+ ){0,4}PRIVATE KEY(?: BLOCK)? ?-{4,5}/y;
const FOOTER = /-{4,5} ?END /y;

/**
 * What may stand between the header and the key, and between its lines: white space, escaped line ends of JSON and
 * source text, a string that ends and the next one, comment marks in front of a line.
 */
const BETWEEN =
  /(?:\n[ \t]{0,80}(?:#|\/\/|[*|>;+-])[ \t]?|\s|\\{1,8}[nrt]|["'`][ \t]{0,8}[+,.\\]?\s{0,80}[rbuRBU]?["'`])+/y;
/** `Proc-Type: 4,ENCRYPTED`, `Comment: "…"` */
const PEM_FIELD = /[A-Z][A-Za-z-]{2,30}: [^\n\\]{0,200}/y;
const BASE64 = /[A-Za-z0-9+/]{1,200}={0,2}/y;

/** Nobody's key has more of them, and a hostile text cannot make it long. */
const MOST_FIELDS = 8;
const MARGIN = 200;
const BYTE_ORDER_MARK = 'ï»¿';

/**
 * Whether a private key in PEM, PGP or SSH2 form begins at a hit of `-----BEGIN` or `---- BEGIN`: the header with a key
 * behind it. A program that only speaks of the header (`text.startswith("-----BEGIN PRIVATE KEY-----")`) holds none.
 */
export function isPrivateKeyText({ text, at }: Hit): boolean {
  const body = after(HEADER, text, at);
  if (body === null) return false;
  let place = after(BETWEEN, text, body) ?? body;
  for (let fields = 0; fields < MOST_FIELDS; fields += 1) {
    const field = after(PEM_FIELD, text, place);
    if (field === null) break;
    place = after(BETWEEN, text, field) ?? field;
  }
  const end = after(BASE64, text, place) ?? place;
  const line = text.slice(place, end);
  if (line.length >= 16 && /[a-z]/.test(line) && /[A-Z0-9]/.test(line)) return true;
  const footed = after(FOOTER, text, after(BETWEEN, text, end) ?? end) !== null;
  if (line.length >= 4 && footed) return true;
  return standsAlone(text, at, body) && !footed && !/[<>.{}$*[\]%"'`()]/.test(text[place] ?? '');
}

/** Whether the header is a line of its own, as in the file that a tool wrote. */
function standsAlone(text: string, at: number, end: number): boolean {
  const before = text.slice(Math.max(0, at - MARGIN), at);
  const front = before.slice(before.lastIndexOf('\n') + 1).replace(BYTE_ORDER_MARK, '');
  return /^[\s#*/>|;+-]*$/.test(front) && /^[ \t\r]*(?:\n|$)/.test(text.slice(end, end + MARGIN));
}

function after(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}
