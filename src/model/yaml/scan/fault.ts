import type { Span } from '../../json/node.ts';

/**
 * `encoding`: bytes that are no characters. `root`: YAML, but no map. `limit`: kplugin does not go further, and nothing
 * is known of eKuiper's answer.
 */
export type YamlFaultKind = 'syntax' | 'encoding' | 'duplicate-key' | 'root' | 'limit';

/** Why a YAML text is not read; never leaves this folder. Thrown where it is found. */
export class YamlError extends Error {
  readonly at: Span;
  readonly kind: YamlFaultKind;

  constructor(message: string, { start, end }: Span, kind: YamlFaultKind = 'syntax') {
    super(message);
    this.at = { start, end };
    this.kind = kind;
  }
}
