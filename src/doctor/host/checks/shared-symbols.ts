import type { InstalledPlugin } from '../../../client/answers.ts';
import { shellWord } from '../../../model/shell-word.ts';
import { FOLDER_OF, SYMBOL_KINDS } from '../../../model/symbol.ts';
import { type Check, listed, remark } from '../check.ts';
import type { HostFacts } from '../host-facts.ts';

/**
 * Symbols that two plugins declare: eKuiper does not check this, the last one wins
 * (docs/ekuiper.md#symbols-of-two-plugins).
 */
export const sharedSymbols: Check<HostFacts> = {
  id: 'host-symbols',
  asks: 'whether two plugins claim a symbol',
  async look(facts) {
    const plugins = (await facts.plugins()).map(({ plugin }) => plugin);
    const shared = [...ownersOf(plugins)].filter(([, owners]) => owners.length > 1);
    if (shared.length === 0)
      return [remark('host-symbols', 'ok', 'no symbol belongs to two plugins')];
    return shared.map(([symbol, owners]) => {
      const text = `${symbol} belongs to ${listed(owners)}: the one installed last has it, and removing either takes its description from both; remove one, then install the other again`;
      const hint = `kplugin remove <plugin> --host ${shellWord(facts.label)}`;
      return remark('host-symbols', 'warning', text, hint);
    });
  },
};

/** The plugins of each symbol, by keys such as `function sam`. */
function ownersOf(plugins: readonly InstalledPlugin[]): ReadonlyMap<string, readonly string[]> {
  const owners = new Map<string, string[]>();
  for (const plugin of plugins) {
    for (const kind of SYMBOL_KINDS) {
      for (const name of new Set(plugin[FOLDER_OF[kind]])) {
        const key = `${kind} ${name}`;
        owners.set(key, [...(owners.get(key) ?? []), plugin.name]);
      }
    }
  }
  return owners;
}
