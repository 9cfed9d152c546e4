import type { InstalledPlugin } from '../../client/answers.ts';
import { FOLDER_OF, type PluginSymbol, SYMBOL_KINDS } from '../../model/symbol.ts';
import { changesOfSymbols, type SymbolChanges } from '../../package/diff/symbols.ts';

/** What a plugin is going to declare. */
export interface DeclaredPlugin {
  readonly name: string;
  readonly symbols: readonly PluginSymbol[];
}

/**
 * Which symbols come, go and stay when `after` takes the place of what the host has (null: it has no such plugin).
 * Says nothing about their files: those a host does not show.
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
