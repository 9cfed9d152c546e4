import type { Span } from '../json/node.ts';
import { TEXT_LIMITS } from '../text-limits.ts';
import { decodeRoot, type YamlValue } from './decode.ts';
import type { YamlNode } from './node.ts';
import { parseDocument } from './parser.ts';
import { textInput, YamlError, type YamlFaultKind, yamlInput } from './scan/input.ts';

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

/** The YAML of a source as eKuiper reads it, or why it rejects it. */
export interface SourceConfig {
  /** Without the byte-order mark; all offsets refer to it. Empty when the file is too long. */
  readonly text: string;
  /** The groups; null when the document is empty or was rejected. */
  readonly groups: Readonly<Record<string, YamlValue>> | null;
  /** Null when eKuiper reads the file. */
  readonly fault: YamlFault | null;
  /** The root of the first document; null when there is none or it is invalid. */
  readonly root: YamlNode | null;
  /** Offset of the content after the first document, which eKuiper ignores; null when there is none. */
  readonly rest: number | null;
}

export interface YamlFault {
  readonly kind: YamlFaultKind;
  /** Go's error message, or our own for `limit`. */
  readonly message: string;
  readonly at: Span;
}

const TOO_LONG: SourceConfig = {
  text: '',
  groups: null,
  fault: {
    kind: 'limit',
    message: `it has more than ${TEXT_LIMITS.sourceYaml / 1024} KiB`,
    at: { start: 0, end: 1 },
  },
  root: null,
  rest: null,
};

/**
 * Reads the YAML of a source as eKuiper does: yaml.v3's Unmarshal into `map[string]interface{}`. Accepts and rejects
 * the same texts, with the same values (test/differential), up to kplugin's size limit. Linear in the text; never
 * throws.
 */
export function readSourceYaml(bytes: Uint8Array): SourceConfig {
  if (bytes.length > TEXT_LIMITS.sourceYaml) return TOO_LONG;
  const input = yamlInput(bytes);
  const { text } = input;
  let root: YamlNode | null = null;
  let rest: number | null = null;
  try {
    const document = parseDocument(input, 'yaml.v3');
    root = document.root;
    rest = document.next;
    return { text, groups: decodeRoot(root), fault: null, root, rest };
  } catch (thrown) {
    return { text, groups: null, fault: faultOf(thrown), root, rest };
  }
}

/** The first document of a YAML text, or why it is invalid; `rest` and `fault` as in {@link SourceConfig}. */
type YamlText = Pick<SourceConfig, 'root' | 'rest' | 'fault'>;

/**
 * Parses YAML that is written for kplugin, by the syntax of YAML 1.2. Offsets refer to `text`. Linear in the text;
 * never throws.
 */
export function readYamlText(text: string): YamlText {
  try {
    const { root, next } = parseDocument(textInput(text), '1.2');
    return { root, rest: next, fault: null };
  } catch (thrown) {
    return { root: null, rest: null, fault: faultOf(thrown) };
  }
}

function faultOf(thrown: unknown): YamlFault {
  if (!(thrown instanceof YamlError)) throw thrown;
  const { kind, message, at } = thrown;
  return { kind, message, at };
}

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
