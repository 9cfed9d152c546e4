/** A stranger's text with its control characters (but tabs) spelt out: a terminal would obey them. */
export function visible(text: string): string {
  let shown = '';
  for (const char of text) shown += isControl(char.charCodeAt(0)) ? spelt(char) : char;
  return shown;
}

function isControl(code: number): boolean {
  return (code < 0x20 && code !== 0x09) || (code >= 0x7f && code <= 0x9f);
}

function spelt(char: string): string {
  return `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
