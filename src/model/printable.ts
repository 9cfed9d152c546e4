/**
 * What a terminal obeys or does not show, so that a text reads otherwise than it is: control characters (C0 but for
 * line feed and tab, DEL, C1), what turns the writing around (U+061C, U+200E/F, U+202A–E, U+2066–9), what has no width
 * (U+180E, U+200B–D, U+2060–2065, U+206A–F, U+FEFF, tags U+E0000–7F), line ends that only some know (U+2028/9), and
 * surrogates without their other half. Joiners (U+200C/D) are among them: a name must not look like another one.
 */
const UNPRINTABLE =
  /(?![\n\t])[\p{Cc}\p{Cs}\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** A text that a terminal shows and does not obey, nothing left out: `\x1b`, `\u202e`, `\u{e0041}`. Lines and tabs stay. */
export function visible(text: string): string {
  return text.replace(UNPRINTABLE, (char) => {
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x100) return `\\x${hex(code, 2)}`;
    return code > 0xffff ? `\\u{${hex(code, 1)}}` : `\\u${hex(code, 4)}`;
  });
}

/** The same on one line: line feeds and tabs are shown as well. */
export function visibleLine(text: string): string {
  return oneLine(visible(text));
}

/**
 * A text as one line of what is written, where {@link visible} comes later and lets whole lines through: a name with a
 * line feed in it must not look like the next line.
 */
export function oneLine(text: string): string {
  return text.replaceAll('\n', '\\x0a').replaceAll('\t', '\\x09');
}

/** JSON text that says the same, with everything escaped that a terminal would not show as it is. */
export function visibleJson(json: string): string {
  return json.replace(UNPRINTABLE, (char) =>
    Array.from({ length: char.length }, (_, at) => `\\u${hex(char.charCodeAt(at), 4)}`).join(''),
  );
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
