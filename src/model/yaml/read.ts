import type { Span } from '../json/node.ts';
import { TEXT_LIMITS } from '../text-limits.ts';
import { decodeRoot, type YamlValue } from './decode.ts';
import type { YamlNode } from './node.ts';
import { parseDocument } from './parser.ts';
import { YamlError, type YamlFaultKind } from './scan/fault.ts';
import { textInput, yamlInput } from './scan/input.ts';

/** What eKuiper reads from the YAML of a source, or why it reads nothing. */
export interface SourceConfig {
  /** Without byte-order mark; places are offsets in it. Empty when it is too long to be read. */
  readonly text: string;
  /** The groups; null when the document is empty, or not read. */
  readonly groups: Readonly<Record<string, YamlValue>> | null;
  /** Null when eKuiper reads the file. */
  readonly fault: YamlFault | null;
  /** The first document as written; null when there is none or it is no YAML. */
  readonly root: YamlNode | null;
  /** Where something begins that eKuiper does not read, after the first document; null when nothing does. */
  readonly rest: number | null;
}

export interface YamlFault {
  readonly kind: YamlFaultKind;
  /** Go's words, or for `limit` ours. */
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
 * Reads the YAML of a source as eKuiper does: yaml.v3's Unmarshal into `map[string]interface{}`. The same verdict and the
 * same values (test/differential), up to the size that kplugin reads. Linear in the text; never throws.
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

/** The first document of a YAML text as written, or why it is none; `rest` and `fault` as in {@link SourceConfig}. */
export type YamlText = Pick<SourceConfig, 'root' | 'rest' | 'fault'>;

/**
 * Reads YAML that is written for kplugin, by the syntax of YAML 1.2. Places are offsets in `text`. Linear in the text;
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
