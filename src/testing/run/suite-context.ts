import type { RuleMeta, SymbolHost } from '../../emulator/runtime/contract.ts';
import type { PluginSymbol } from '../../model/symbol.ts';
import type { Target } from '../../model/target.ts';
import { type PluginLog, RULE_PREFIX } from '../log/plugin-log.ts';

/** The part of the host that suites use. */
export interface SuiteHost extends SymbolHost {
  /**
   * Sends `start` for a symbol, whether the manifest declares it or not; returns the plugin's refusal, or null when it
   * answered `ok`.
   */
  tryStart?(plugin: string, symbol: PluginSymbol, meta: RuleMeta): Promise<string | null>;
}

/** What all cases and checks of a suite share. */
export interface SuiteContext {
  readonly host: SuiteHost;
  readonly log: PluginLog;
  readonly plugin: string;
  readonly target: Target;
  readonly project: string | null;
  readonly scratch: string;
  readonly withinMs: number;
  readonly now: () => number;
  /** Aborted by the user. */
  readonly signal: AbortSignal;
  /** A unique rule for each caller, so that no two share a socket. */
  readonly nextRule: () => RuleMeta;
}

/** The path of a Unix socket may have 107 bytes, which include `/tmp/` and `_source_0_ack.ipc`. */
const LONGEST_NAME = 60;

/**
 * Makes rule ids that contain the plugin's name: two plugins that are tested at the same time use different sockets.
 */
export function ruleMaker(plugin: string): () => RuleMeta {
  let count = 0;
  return () => {
    count += 1;
    return {
      ruleId: `${RULE_PREFIX}${plugin.slice(0, LONGEST_NAME)}_${count}`,
      opId: 'op',
      instanceId: 0,
    };
  };
}
