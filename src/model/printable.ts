/**
 * Characters that a terminal interprets or does not show, so that a text looks different from what it is: control
 * characters (C0 except line feed and tab, DEL, C1), all format characters of Unicode (bidirectional controls,
 * joiners, soft hyphens, tags), characters without a shape (`Default_Ignorable_Code_Point` of Unicode's
 * DerivedCoreProperties: fillers, variation selectors), the blank Braille pattern, the line ends U+2028 and U+2029,
 * and lone surrogates. There are no exceptions for emoji or scripts that need them: a name must not look like another
 * one.
 */
const UNPRINTABLE =
  /(?![\n\t])[\p{Cc}\p{Cs}\p{Cf}\p{Default_Ignorable_Code_Point}\u2028\u2029\u2800]/gu;

/** Whether a terminal would show the character as it is, line feed and tab included; `char`: one code point. */
export function isShown(char: string): boolean {
  return char.search(UNPRINTABLE) < 0;
}

/** Longer texts come from hostile manifests and names; they are truncated. */
const MOST_CHARACTERS = 1500;

/**
 * Truncates a text to the length of a screen. Control characters stay: the output code escapes them, and JSON holds the
 * original.
 */
export function clipped(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

/** Escapes control characters, puts the text on one line and truncates it to the length of a screen. */
export function printable(text: string): string {
  return visibleLine(clipped(text));
}

/**
 * Escapes all characters that a terminal would interpret or not show: `\x1b`, `\u202e`, `\u{e0041}`. Line feeds and
 * tabs stay.
 */
export function visible(text: string): string {
  return text.replace(UNPRINTABLE, (char) => {
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x100) return `\\x${hex(code, 2)}`;
    return code > 0xffff ? `\\u{${hex(code, 1)}}` : `\\u${hex(code, 4)}`;
  });
}

/** As {@link visible}, on one line: line feeds and tabs are escaped too. */
export function visibleLine(text: string): string {
  return oneLine(visible(text));
}

/**
 * Escapes line feeds and tabs, for a text that is later passed to {@link visible}, which keeps them: a name with a
 * line feed must not look like two lines.
 */
export function oneLine(text: string): string {
  return text.replaceAll('\n', '\\x0a').replaceAll('\t', '\\x09');
}

/** Escapes, in JSON text, all characters that a terminal would not show as they are; the JSON value stays the same. */
export function visibleJson(json: string): string {
  return json.replace(UNPRINTABLE, (char) =>
    Array.from({ length: char.length }, (_, at) => `\\u${hex(char.charCodeAt(at), 4)}`).join(''),
  );
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
