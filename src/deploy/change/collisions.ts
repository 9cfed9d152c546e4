import type { InstalledPlugin } from '../../client/answers.ts';
import { FOLDER_OF, type PluginSymbol } from '../../model/symbol.ts';

/** A symbol that another plugin of the host has already. */
export interface Collision {
  readonly symbol: PluginSymbol;
  readonly owner: string;
}

/**
 * Symbols of a plugin that other plugins of the host claim as well. eKuiper does not look: the last one wins,
 * functions share one socket, and removing one takes the symbol's metadata from both
 * (docs/ekuiper.md#symbols-of-two-plugins).
 */
export function collisionsOf(
  plugin: { readonly name: string; readonly symbols: readonly PluginSymbol[] },
  installed: readonly InstalledPlugin[],
): Collision[] {
  return installed
    .filter((other) => other.name !== plugin.name)
    .flatMap((other) =>
      plugin.symbols
        .filter(({ kind, name }) => other[FOLDER_OF[kind]].includes(name))
        .map((symbol) => ({ symbol, owner: other.name })),
    );
}
