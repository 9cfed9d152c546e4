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
