/**
 * The text between strings that a program concatenates or lists: on one line with the same quotes, or on consecutive
 * lines.
 */
const JOIN =
  /(["'`])[ \t]{0,80}(?:[+.&,][ \t]{0,80}|(?<=[ \t]))[rbuRBU]{0,2}\1|["'`][ \t]{0,80}[+.&,]?[ \t]{0,80}\\?\r?\n\s{0,80}(?:[+.&,-][ \t]{1,8})?[rbuRBU]{0,2}["'`]/g;

/** A line break inside such a text, with list and comment marks of the next line. */
const LINE_END = /\\?\r?\n[ \t]{0,80}(?:(?:[-#*>;|]|\/\/)[ \t]{1,80})?/g;

const ESCAPE =
  /\\{1,8}(?:u([0-9A-Fa-f]{4})|U0{4}([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(\n|\r\n?|[nrt/"']))|%([0-9A-Fa-f]{2})|&#(?:[xX]([0-9A-Fa-f]{1,4})|(\d{1,5}));|<br ?\/?>/g;

const PLAIN: ReadonlyMap<string | undefined, string> = new Map([
  ['t', '\t'],
  ['/', '/'],
  ['"', '"'],
  ["'", "'"],
]);

const LETTERS =
  /\\{1,8}(?:u00([2-7][0-9A-Fa-f])|U0{6}([2-7][0-9A-Fa-f])|x([2-7][0-9A-Fa-f])|u\{0{0,4}([2-7][0-9A-Fa-f])\}|(0[4-7][0-7]|1[0-7]{2}))|%([2-7][0-9A-Fa-f])|&#(?:[xX]0{0,4}([2-7][0-9A-Fa-f])|0{0,4}(\d{2,3}));/g;

/**
 * Removes the escapes of JSON, program sources, URLs and HTML with which keys are written on one line: `\n`, `\\n`,
 * `\u000a`, `\/`, `%0A`, `&#10;`, `<br>`; also a backslash at the end of a line. Only for detection, not for decoding
 * values: it does not know the language of the text.
 */
export function unescaped(text: string): string {
  return text.replace(ESCAPE, (_all, u, long, x, letter, percent, hex, decimal) => {
    const code = u ?? long ?? x ?? percent ?? hex;
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    if (decimal !== undefined) return String.fromCharCode(Number(decimal));
    return PLAIN.get(letter) ?? '\n';
  });
}

/**
 * Decodes escaped letters, digits and signs: `\u002d`, `\x2d`, `\u{2d}`, `\055`, `%2D`, `&#45;`. The lines stay the
 * same. Null when nothing is escaped.
 */
export function withPlainLetters(text: string): string | null {
  if (text.search(LETTERS) < 0) return null;
  return text.replace(LETTERS, (all, u, long, x, braces, octal, percent, hex, decimal) => {
    const sixteen = u ?? long ?? x ?? braces ?? percent ?? hex;
    const code = sixteen
      ? Number.parseInt(sixteen, 16)
      : octal
        ? Number.parseInt(octal, 8)
        : Number(decimal);
    return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : all;
  });
}

/** Joins concatenated strings of a source text (`"a" +`, `"b"` on the next line). */
export function putTogether(text: string): string {
  return text.replace(JOIN, '');
}

/** As {@link putTogether}, also without line ends: the rows of strings, lists and comments become one row. */
export function inOneRow(text: string): string {
  return putTogether(text).replace(LINE_END, '');
}

/** What follows the end of a string when another one continues it; its last character opens that one. */
const NEXT_STRING =
  /(?:[ \t]{0,80}[+.&,]?[ \t]{0,80}(?:\\?\r?\n\s{0,80}(?:[+.&,-][ \t]{1,8})?)?)[rbuRBU]{0,2}["'`]/y;

/**
 * The contents of the strings that continue each other from the start of a text on, which lies inside the first one;
 * escapes stay. Which quotes enclose it is not known: one result for each kind that occurs, or the text itself without
 * any. Bytes as a program prints them may contain any quotes, which only the enclosing ones tell apart.
 */
export function readings(text: string): string[] {
  const quotes = ['"', "'", '`'].filter((quote) => text.includes(quote));
  return quotes.length === 0 ? [text] : quotes.map((quote) => stringsFrom(text, quote));
}

function stringsFrom(text: string, quote: string): string {
  let content = '';
  for (let from = 0, open = quote; ; ) {
    const end = endOfString(text, from, open);
    content += text.slice(from, end);
    NEXT_STRING.lastIndex = end + 1;
    if (end === text.length || !NEXT_STRING.test(text)) return content;
    from = NEXT_STRING.lastIndex;
    open = text.charAt(from - 1);
  }
}

function endOfString(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === quote) return at;
  }
  return text.length;
}
