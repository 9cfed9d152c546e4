import type { Span } from '../json/node.ts';
import { TEXT_LIMITS } from '../text-limits.ts';
import { decodeRoot, type YamlValue } from './decode.ts';
import type { YamlNode } from './node.ts';
import { parseDocument } from './parser.ts';
import { YamlError, type YamlFaultKind } from './scan/fault.ts';
import { yamlInput } from './scan/input.ts';

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
    const document = parseDocument(input);
    root = document.root;
    rest = document.next;
    return { text, groups: decodeRoot(root), fault: null, root, rest };
  } catch (thrown) {
    if (!(thrown instanceof YamlError)) throw thrown;
    const { kind, message, at } = thrown;
    return { text, groups: null, fault: { kind, message, at }, root, rest };
  }
}
