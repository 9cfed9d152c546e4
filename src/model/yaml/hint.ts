/**
 * What to do about a fault in YAML. `message`: that of a YamlFault; `start`: where it is in `text`.
 */
export function syntaxHint(message: string, start: number, text: string): string {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const line = text.slice(lineStart, lineStart + 500).split('\n', 1)[0] ?? '';
  if (/\{\{/.test(line)) return 'Fill the template in first, or quote the value: "{{ … }}"';
  if (message.includes('incompatible')) return 'Remove the line, or write %YAML 1.1';
  if (message.includes('tab') || /^\s*\t/.test(line)) return 'Indent with spaces';
  if (message.includes('map key')) return 'Use a text as the key';
  if (message.includes('control characters'))
    return 'Remove the character, or write it as an escape in double quotes';
  return 'Correct the syntax here or just before';
}
