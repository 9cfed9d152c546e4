const ESCAPE =
  /\\{1,8}(?:u([0-9A-Fa-f]{4})|U0{4}([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(\n|\r\n?|[nrt/"']))|%([0-9A-Fa-f]{2})|&#(?:[xX]([0-9A-Fa-f]{1,4})|(\d{1,5}));|<br ?\/?>/g;

/**
 * A text without the escapes of JSON, program sources, URLs and HTML, in which keys are written into one line: `\n`,
 * `\\n`, `\u000a`, `\/`, `%0A`, `&#10;`, `<br>`. A backslash at the end of a line goes. For a closer look, not for
 * reading values: it does not ask which of the languages the text is in.
 */
export function unescaped(text: string): string {
  return text.replace(ESCAPE, (_all, u, long, x, letter, percent, hex, decimal) => {
    const code = u ?? long ?? x ?? percent ?? hex;
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    if (decimal !== undefined) return String.fromCharCode(Number(decimal));
    return PLAIN.get(letter) ?? '\n';
  });
}

const PLAIN: ReadonlyMap<string | undefined, string> = new Map([
  ['t', '\t'],
  ['/', '/'],
  ['"', '"'],
  ["'", "'"],
]);
