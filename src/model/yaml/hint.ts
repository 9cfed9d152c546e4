/** Template syntax that is not valid YAML: its start, and its form in a hint. */
const STATEMENTS: readonly (readonly [RegExp, string])[] = [
  [/\{\{/, '{{ … }}'],
  [/\{%/, '{% … %}'],
  [/\{#/, '{# … #}'],
  [/<%/, '<% … %>'],
  [/\[%/, '[% … %]'],
  [/<\?/, '<? … ?>'],
  [/<#/, '<#…>'],
  [/%\{/, '%{ … }'],
  // Only when it is alone on its line, where YAML allows no value.
  [/^[ \t]*\$\{[^}]*\}[ \t\r]*$/, `\${…}`],
];

/** Template syntax that is a valid text in most positions: a cause only in the line of the fault. */
const VALUES: readonly (readonly [RegExp, string])[] = [
  [/\$\{/, `\${…}`],
  [/@\{/, '@{…}'],
  [/@[\w.-]{1,100}@/, '@…@'],
  [/%[\w.-]{1,100}%/, '%…%'],
  [/\[\[-? *(?:\.|(?:if|else|end|range|with|env|key)\b)/, '[[ … ]]'],
];

/** A statement may precede the fault by some lines, such as a repeated `key:` in two branches. */
const LINES_BEFORE = 20;
const LINE_LENGTH = 500;

/** The hint for a syntax error in YAML. `message`: that of the YamlFault; `start`: its offset in `text`. */
export function syntaxHint(message: string, start: number, text: string): string {
  const lines = linesUpTo(start, text);
  const [line = ''] = lines;
  const template = templateIn(lines);
  if (template !== null) return `Fill the template in first, or quote the value: "${template}"`;
  if (message.includes('incompatible')) return 'Remove the line, or write %YAML 1.1';
  if (message.includes('tab') || /^\s*\t/.test(line)) return 'Indent with spaces';
  if (message.includes('map key')) return 'Use a text as the key';
  if (message.includes('control characters'))
    return 'Remove the character, or write it as an escape in double quotes';
  return 'Correct the syntax here or just before';
}

/** The line of an offset and some lines before it, the nearest first. */
function linesUpTo(start: number, text: string): string[] {
  const lines: string[] = [];
  for (let at = start; at >= 0 && lines.length <= LINES_BEFORE; ) {
    const lineStart = at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
    lines.push(text.slice(lineStart, lineStart + LINE_LENGTH).split('\n', 1)[0] ?? '');
    at = lineStart - 1;
  }
  return lines;
}

function templateIn(lines: readonly string[]): string | null {
  const bare = lines.map(unquoted);
  return shownIn(STATEMENTS, bare) ?? shownIn(VALUES, bare.slice(0, 1));
}

function shownIn(
  templates: readonly (readonly [RegExp, string])[],
  lines: readonly string[],
): string | null {
  const found = templates.find(([begin]) => lines.some((line) => begin.test(line)));
  return found ? found[1] : null;
}

/** Removes comments and quoted texts, in which templates are valid. */
function unquoted(line: string): string {
  return line.replace(/"[^"]*"|'[^']*'|(?:^|\s)#.*/g, '');
}
