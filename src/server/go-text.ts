const ESCAPES: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '"': '\\"',
  '\\': '\\\\',
};

/** Go's `%q`: nearly JSON, but with `\a`, `\v` and `\x1b`, which JSON does not know (field-notes.md §2a). */
export function goQuote(text: string): string {
  const escaped = Array.from(text, (char) => ESCAPES[char] ?? unprintable(char) ?? char);
  return `"${escaped.join('')}"`;
}

function unprintable(char: string): string | null {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`;
  // Go prints letters, marks, numbers, punctuation, symbols and the ASCII space; everything else is escaped.
  if (code < 0x80 || /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(char)) return null;
  return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

/** Go's json.Marshal: JSON that may stand in a web page. */
export function goMarshal(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${hex(char.charCodeAt(0), 4)}`,
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  "'": '&#39;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
};

/** Go's html.EscapeString. */
export function htmlEscape(text: string): string {
  return text.replace(/[&'<>"]/g, (char) => ENTITIES[char] ?? char);
}
