import type { PluginInfo } from '../../model/plugin/plugin-info.ts';
import { FOLDER_OF, type SymbolKind } from '../../model/symbol.ts';
import { HostRefusal } from '../runtime/refusal.ts';
import type { Plugins, SymbolWorld } from './run.ts';

/** Returns the plugin of a symbol. Throws HostRefusal with the existing symbols. */
export function requirePlugin(
  { host, plugins: list }: { readonly host: SymbolWorld; readonly plugins: Plugins },
  kind: SymbolKind,
  symbol: string,
): PluginInfo {
  const plugin = host.pluginOf(kind, symbol);
  if (plugin !== null) return plugin;
  const plugins = list();
  if (plugins.length === 0) {
    throw new HostRefusal(
      `running ${kind} ${symbol} not found: no plugin is here yet; name one when you start it: kplugin serve <dir|zip>`,
    );
  }
  const known = plugins.flatMap((one) => one[FOLDER_OF[kind]] ?? []);
  const others =
    known.length === 0 ? `they have no ${kind} at all` : `there is ${known.join(', ')}`;
  const names = plugins.map(({ name }) => name).join(', ');
  throw new HostRefusal(
    `running ${kind} ${symbol} not found: no manifest names it (plugins: ${names}); ${others}`,
  );
}
