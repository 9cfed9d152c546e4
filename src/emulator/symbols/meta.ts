import type { SymbolKind } from '../../model/symbol.ts';
import type { RuleMeta } from '../runtime/contract.ts';

/** What eKuiper's own test server always takes, whatever the body says (docs/wire.md#plugin-test-server). */
export const DEFAULT_META: RuleMeta = { ruleId: 'rule1', opId: 'op1', instanceId: 1 };

/** `rule1/op1/1` */
export function metaText({ ruleId, opId, instanceId }: RuleMeta): string {
  return `${ruleId}/${opId}/${instanceId}`;
}

export function isSameMeta(a: RuleMeta, b: RuleMeta): boolean {
  return metaText(a) === metaText(b);
}

/** One symbol at work; a function is shared by all rules, so its meta does not count. */
export function symbolKey(kind: SymbolKind, symbol: string, meta: RuleMeta | null): string {
  return kind === 'function' || meta === null
    ? `${kind} ${symbol}`
    : `${kind} ${symbol} ${metaText(meta)}`;
}
