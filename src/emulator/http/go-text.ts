/** Go's json.Marshal: JSON with the HTML characters escaped. */
export function goMarshal(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
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
