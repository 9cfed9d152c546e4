import type { InstalledPlugin } from '../../client/answers.ts';
import { FOLDER_OF, type PluginSymbol, SYMBOL_KINDS } from '../../model/symbol.ts';
import { changesOfSymbols, type SymbolChanges } from '../../package/diff/symbols.ts';

/** The symbols that a plugin declares. */
export interface DeclaredPlugin {
  readonly name: string;
  readonly symbols: readonly PluginSymbol[];
}

/**
 * Returns which symbols are added, removed and kept when `after` replaces the installed plugin (null: not installed).
 * The files of symbols are not compared: a host does not show them.
 */
export function symbolChanges(
  before: InstalledPlugin | null,
  after: DeclaredPlugin,
): SymbolChanges {
  return changesOfSymbols(before === null ? [] : symbolsOf(before), after.symbols);
}

/** The symbols of an installed plugin as one list, by kind. */
export function symbolsOf(plugin: InstalledPlugin): PluginSymbol[] {
  return SYMBOL_KINDS.flatMap((kind) => plugin[FOLDER_OF[kind]].map((name) => ({ kind, name })));
}
