import type { Span } from '../json/node.ts';
import { TEXT_LIMITS } from '../text-limits.ts';
import { decodeRoot, type YamlValue } from './decode.ts';
import type { YamlNode } from './node.ts';
import { parseDocument } from './parser.ts';
import { YamlError, type YamlFaultKind } from './scan/fault.ts';
import { textInput, yamlInput } from './scan/input.ts';

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
export type YamlText = Pick<SourceConfig, 'root' | 'rest' | 'fault'>;

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
