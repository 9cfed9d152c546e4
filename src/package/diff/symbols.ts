import { compareText } from '../../model/finding.ts';
import { type PluginSymbol, SYMBOL_KINDS } from '../../model/symbol.ts';
import type { FactChange } from './plugin-facts.ts';
import type { ValueChange } from './value-changes.ts';

const OTHER = { added: 'removed', removed: 'added', changed: 'changed' } as const;

/** Returns the facts with before and after exchanged. */
export function reversedFacts(facts: readonly FactChange[]): FactChange[] {
  return facts.map(({ fact, before, after }) => ({ fact, before: after, after: before }));
}

/** Returns the symbols with before and after exchanged. */
export function reversedSymbols({ added, removed, kept }: SymbolChanges): SymbolChanges {
  return { added: removed, removed: added, kept };
}

/** Returns the values with before and after exchanged. */
export function reversedValues(values: readonly ValueChange[]): ValueChange[] {
  return values.map(({ path, what, before, after }) => ({
    path,
    what: OTHER[what],
    before: after,
    after: before,
  }));
}

/** Symbols that only one side declares; each list sorted by kind, then by name. */
export interface SymbolChanges {
  readonly added: readonly PluginSymbol[];
  readonly removed: readonly PluginSymbol[];
  readonly kept: readonly PluginSymbol[];
}

/** Compares two lists of symbols; duplicates count once, as in eKuiper. */
export function changesOfSymbols(
  before: readonly PluginSymbol[],
  after: readonly PluginSymbol[],
): SymbolChanges {
  const [was, is] = [keyed(before), keyed(after)];
  return {
    added: sorted([...is].filter(([key]) => !was.has(key))),
    removed: sorted([...was].filter(([key]) => !is.has(key))),
    kept: sorted([...is].filter(([key]) => was.has(key))),
  };
}

function keyed(symbols: readonly PluginSymbol[]): Map<string, PluginSymbol> {
  return new Map(symbols.map(({ kind, name }) => [`${kind} ${name}`, { kind, name }]));
}

function sorted(symbols: readonly (readonly [string, PluginSymbol])[]): PluginSymbol[] {
  return symbols
    .map(([, symbol]) => symbol)
    .sort(
      (a, b) =>
        SYMBOL_KINDS.indexOf(a.kind) - SYMBOL_KINDS.indexOf(b.kind) || compareText(a.name, b.name),
    );
}
