import type { Span } from '../../json/node.ts';

/**
 * `encoding`: bytes that are not valid text. `root`: valid YAML, but not a map. `limit`: a limit of kplugin;
 * eKuiper's result is unknown.
 */
export type YamlFaultKind = 'syntax' | 'encoding' | 'duplicate-key' | 'root' | 'limit';

/** Why a YAML text is rejected; thrown where the fault is found, never outside of this folder. */
export class YamlError extends Error {
  readonly at: Span;
  readonly kind: YamlFaultKind;

  constructor(message: string, { start, end }: Span, kind: YamlFaultKind = 'syntax') {
    super(message);
    this.at = { start, end };
    this.kind = kind;
  }
}
