/**
 * What a terminal obeys or does not show, so that a text reads otherwise than it is: control characters (C0 but for
 * line feed and tab, DEL, C1), every format character of Unicode (what turns the writing around, joiners, soft hyphens, tags),
 * whatever has no shape of its own (`Default_Ignorable_Code_Point` of Unicode's DerivedCoreProperties: fillers, variation
 * selectors), a Braille cell without dots, line ends that only some know (U+2028/9), and surrogates without their other
 * half. None is spared, also where an emoji or a script is written with it: a name must not look like another one.
 */
const UNPRINTABLE =
  /(?![\n\t])[\p{Cc}\p{Cs}\p{Cf}\p{Default_Ignorable_Code_Point}\u2028\u2029\u2800]/gu;

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
