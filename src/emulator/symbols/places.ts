import type { SymbolKind } from '../../model/symbol.ts';
import { HostRefusal } from '../runtime/refusal.ts';
import type { RuleMeta } from '../runtime/symbols/contract.ts';
import { DEFAULT_META, isSameMeta, metaText } from './meta.ts';

/** Who has which sockets: a symbol with its meta. */
export interface Place {
  readonly kind: SymbolKind;
  readonly symbol: string;
  readonly meta: RuleMeta;
}

/**
 * The first meta after {@link DEFAULT_META} that no source and no sink has: for a body without one, so that every
 * kind can run at once.
 */
export function freeMeta(taken: readonly Place[]): RuleMeta {
  let meta = DEFAULT_META;
  for (let number = 2; occupant(meta, taken) !== null; number += 1) {
    meta = { ...DEFAULT_META, opId: `op${number}` };
  }
  return meta;
}

/** Throws HostRefusal when another source or sink has the sockets of this meta (protocol.md §2). */
export function refuseTaken(symbol: string, meta: RuleMeta, taken: readonly Place[]): void {
  const other = occupant(meta, taken);
  if (other === null) return;
  const { ruleId, opId, instanceId } = meta;
  throw new HostRefusal(
    `${other.kind} ${other.symbol} runs as ${metaText(meta)} and has the socket /tmp/${ruleId}_${opId}_${instanceId}.ipc: ` +
      `give ${symbol} a meta of its own, for example "opId":"${freeMeta(taken).opId}", or leave meta out`,
  );
}

function occupant(meta: RuleMeta, taken: readonly Place[]): Place | null {
  return taken.find((one) => one.kind !== 'function' && isSameMeta(one.meta, meta)) ?? null;
}
