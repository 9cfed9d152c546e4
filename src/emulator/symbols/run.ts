import type { PluginInfo } from '../../model/plugin/plugin-info.ts';
import type { SymbolKind } from '../../model/symbol.ts';
import type { OpenSink, RuleMeta, SymbolConfig, SymbolHost } from '../runtime/contract.ts';
import type { Control } from './control-body.ts';

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
