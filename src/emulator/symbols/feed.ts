import type { SymbolKind } from '../../model/symbol.ts';
import {
  type DataEvent,
  type HostEvent,
  type RuleMeta,
  symbolKey,
} from '../runtime/symbol-contract.ts';

export type AnyEvent = HostEvent | DataEvent;

/** An event with its sequence number and time. */
export interface FeedItem {
  /** Starts at 1. */
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The symbol of the event as symbolKey makes it; null for a plugin's own events. */
  readonly key: string | null;
  readonly event: AnyEvent;
}

export type OnItem = (item: FeedItem) => void;

/** Distributes all events of the host to subscribers; stores none. */
export class Feed {
  readonly #listeners = new Set<OnItem>();
  readonly #clock: () => number;
  readonly #keys = new EventKeys();
  #count = 0;

  /** `clock`: milliseconds since 1970. */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Calls the listener with every later event, until the returned function is called. */
  subscribe(listener: OnItem): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  readonly publish = (event: AnyEvent): void => {
    this.#count += 1;
    const item = { id: this.#count, at: this.#clock(), key: this.#keys.of(event), event };
    for (const listener of this.#listeners) listener(item);
  };
}

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

/**
 * Encodes an event for clients of `/events`: one flat object with `id`, `at` (ISO 8601), `kind`, `plugin` and the
 * fields of the kind. A message to a sink is text, as it was sent.
 */
export function eventJson({ id, at, event }: FeedItem): string {
  return JSON.stringify({ id, at: new Date(at).toISOString(), ...flat(event) });
}

function flat(event: AnyEvent): object {
  switch (event.kind) {
    case 'row': {
      const { row, ...rest } = event;
      return { ...rest, row: row.message, rowMeta: row.meta };
    }
    case 'sent':
      return { ...event, body: bodyText(event.body) };
    case 'call': {
      const { outcome, ...rest } = event;
      return { ...rest, ...outcome };
    }
    default:
      return event;
  }
}

/** A message to a sink as text. */
export function bodyText(body: Uint8Array | string): string {
  if (typeof body === 'string') return body;
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
}
