import type { PluginInfo } from '../../model/plugin/plugin-info.ts';
import type { SymbolKind } from '../../model/symbol.ts';
import type { OpenSink, RuleMeta, SymbolConfig, SymbolHost } from '../runtime/contract.ts';
import type { Control } from './control-body.ts';

/** The plugins that are installed and those that somebody starts by hand. */
export type Plugins = () => readonly PluginInfo[];

/** The host as this server sees it. */
export interface SymbolWorld extends SymbolHost {
  /** Null for a plugin that was never started. */
  status(name: string): { readonly status: string; readonly errMsg: string } | null;
}

/** What was started with one request and runs until it is stopped. */
export interface Run {
  readonly kind: SymbolKind;
  readonly symbol: string;
  readonly plugin: string;
  readonly meta: RuleMeta;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** Whether it gets sample rows or calls. */
  readonly samples: boolean;
  /** As it was asked for. */
  readonly control: Control;
  /** Rejects with a HostRefusal when it could not be started. */
  readonly opened: Promise<Opened>;
}

export interface Opened {
  /** As it went to the plugin; null for a function. */
  readonly config: SymbolConfig | null;
  /** Null for what is no sink. */
  readonly sink: OpenSink | null;
  readonly stop: () => Promise<void>;
}
