import type { SymbolKind } from '../../model/symbol.ts';
import type { RuleMeta } from '../runtime/contract.ts';

/** The meta that eKuiper's own test server always uses, whatever the body has (docs/wire.md#plugin-test-server). */
export const DEFAULT_META: RuleMeta = { ruleId: 'rule1', opId: 'op1', instanceId: 1 };

/** `rule1/op1/1` */
export function metaText({ ruleId, opId, instanceId }: RuleMeta): string {
  return `${ruleId}/${opId}/${instanceId}`;
}

export function isSameMeta(a: RuleMeta, b: RuleMeta): boolean {
  return metaText(a) === metaText(b);
}

/** The key of a running symbol; the meta of a function is ignored, because all rules share the function. */
export function symbolKey(kind: SymbolKind, symbol: string, meta: RuleMeta | null): string {
  return kind === 'function' || meta === null
    ? `${kind} ${symbol}`
    : `${kind} ${symbol} ${metaText(meta)}`;
}
