import type { SymbolKind } from '../../model/symbol.ts';
import type { RuleMeta } from '../runtime/contract.ts';
import type { DataEvent, HostEvent } from '../runtime/events.ts';
import { symbolKey } from './meta.ts';

export type AnyEvent = HostEvent | DataEvent;

interface Known {
  readonly kind: SymbolKind;
  readonly symbol: string;
  readonly key: string;
}

/**
 * The symbolKey of events. All rows of a source carry the same meta object, so its key is made once: making and
 * hashing it for each of a hundred thousand rows per second would cost more than all other processing of a row.
 */
export class EventKeys {
  readonly #byMeta = new WeakMap<RuleMeta, Known>();
  readonly #functions = new Map<string, string>();

  /** Null for an event without a symbol. */
  of(event: AnyEvent): string | null {
    switch (event.kind) {
      case 'row':
        return this.#ofMeta('source', event.symbol, event.meta);
      case 'sent':
      case 'ack':
        return this.#ofMeta('sink', event.symbol, event.meta);
      case 'call':
        return this.#ofFunction(event.symbol);
      case 'symbol':
        return symbolKey(event.type, event.symbol, event.meta);
      default:
        return null;
    }
  }

  #ofMeta(kind: SymbolKind, symbol: string, meta: RuleMeta): string {
    const known = this.#byMeta.get(meta);
    // One object may be used for several symbols, one after the other.
    if (known?.symbol === symbol && known.kind === kind) return known.key;
    const key = symbolKey(kind, symbol, meta);
    this.#byMeta.set(meta, { kind, symbol, key });
    return key;
  }

  #ofFunction(symbol: string): string {
    const known = this.#functions.get(symbol);
    if (known !== undefined) return known;
    const key = symbolKey('function', symbol, null);
    this.#functions.set(symbol, key);
    return key;
  }
}
