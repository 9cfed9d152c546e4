import { type PluginSymbol, SYMBOL_KINDS, type SymbolKind } from '../../model/symbol.ts';
import { type CodeNames, codeNames } from '../code-names.ts';

/** A symbol with its names in code. */
export interface NamedSymbol extends PluginSymbol {
  readonly code: CodeNames;
}

/** Adds the names in code to every symbol, in the same order. */
export function nameSymbols(symbols: readonly PluginSymbol[]): readonly NamedSymbol[] {
  const names = codeNames(symbols);
  return symbols.flatMap((symbol, index) => {
    const code = names[index];
    return code ? [{ ...symbol, code }] : [];
  });
}

/** The symbols of one kind. */
export function ofKind(symbols: readonly NamedSymbol[], kind: SymbolKind): readonly NamedSymbol[] {
  return symbols.filter((symbol) => symbol.kind === kind);
}

/** The kinds of the symbols, in the usual order. */
export function kindsOf(symbols: readonly PluginSymbol[]): readonly SymbolKind[] {
  return SYMBOL_KINDS.filter((kind) => symbols.some((symbol) => symbol.kind === kind));
}
