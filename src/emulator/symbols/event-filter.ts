import type { SymbolKind } from '../../model/symbol.ts';
import type { AnyEvent } from './feed.ts';

const KINDS = [
  'row',
  'sent',
  'ack',
  'call',
  'symbol',
  'output',
  'started',
  'running',
  'ended',
  'note',
] as const satisfies readonly AnyEvent['kind'][];

const SYMBOL_KIND: Partial<Record<AnyEvent['kind'], SymbolKind>> = {
  row: 'source',
  sent: 'sink',
  ack: 'sink',
  call: 'function',
};

/** The values of `?kind=`: kinds of events, or a kind of symbol for all of its events. */
export const FILTER_KINDS: readonly string[] = [...KINDS, 'source', 'sink', 'function'];

export type Wanted = (event: AnyEvent) => boolean;

/**
 * Parses `?plugin=a&symbol=b,c&kind=row,call`: lists separated by commas, or the key repeated; an event passes when it
 * matches every key. Returns an error message when a kind does not exist.
 */
export function eventFilter(query: URLSearchParams): Wanted | string {
  const plugins = valuesOf(query, 'plugin');
  const symbols = valuesOf(query, 'symbol');
  const kinds = valuesOf(query, 'kind');
  const unknown = [...(kinds ?? [])].find((kind) => !FILTER_KINDS.includes(kind));
  if (unknown !== undefined) {
    return `there is no kind "${unknown}"; the kinds are ${FILTER_KINDS.join(', ')}`;
  }
  return (event) =>
    (plugins === null || (event.plugin !== null && plugins.has(event.plugin))) &&
    (symbols === null || ('symbol' in event && symbols.has(event.symbol))) &&
    (kinds === null || kinds.has(event.kind) || kinds.has(symbolKindOf(event) ?? ''));
}

/** The kind of symbol of an event; null for a plugin's own events. */
export function symbolKindOf(event: AnyEvent): SymbolKind | null {
  return event.kind === 'symbol' ? event.type : (SYMBOL_KIND[event.kind] ?? null);
}

function valuesOf(query: URLSearchParams, key: string): ReadonlySet<string> | null {
  const values = query.getAll(key).flatMap((value) => value.split(','));
  const named = values.map((value) => value.trim()).filter((value) => value !== '');
  return named.length === 0 ? null : new Set(named);
}
