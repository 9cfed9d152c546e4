import type { SymbolKind } from '../../model/symbol.ts';

/** A rule that uses symbols of a plugin. */
export interface RuleUse {
  readonly rule: string;
  readonly symbols: readonly { readonly kind: SymbolKind; readonly name: string }[];
  /** `counted`: reported by eKuiper itself (refCount, 2.x). `read`: found in the rule's SQL, actions and streams. */
  readonly by: 'counted' | 'read';
}
