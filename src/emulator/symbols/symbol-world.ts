import type { PluginInfo } from '../../model/plugin/manifest.ts';
import { FOLDER_OF, type SymbolKind } from '../../model/symbol.ts';
import { HostRefusal } from '../runtime/refusal.ts';
import type { OpenSink, RuleMeta, SymbolConfig, SymbolHost } from '../runtime/symbol-contract.ts';
import type { Control } from './symbol-body.ts';

/** The installed plugins and those with an attached process. */
export type Plugins = () => readonly PluginInfo[];

/** The part of the host that the symbol server uses. */
export interface SymbolWorld extends SymbolHost {
  /** Null for a plugin that was never started. */
  status(name: string): { readonly status: string; readonly errMsg: string } | null;
}

/** A symbol that a request started and that runs until it is stopped. */
export interface Run {
  readonly kind: SymbolKind;
  readonly symbol: string;
  readonly plugin: string;
  readonly meta: RuleMeta;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** Whether it gets sample rows or calls. */
  readonly samples: boolean;
  /** The body of the request. */
  readonly control: Control;
  /** Rejects with a HostRefusal when it could not be started. */
  readonly opened: Promise<Opened>;
}

export interface Opened {
  /** The configuration that was sent to the plugin; null for a function. */
  readonly config: SymbolConfig | null;
  /** Null for a source or function. */
  readonly sink: OpenSink | null;
  readonly stop: () => Promise<void>;
}

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
