import type { RuleMeta, SymbolHost } from '../../emulator/runtime/contract.ts';
import type { PluginSymbol } from '../../model/symbol.ts';
import type { Target } from '../../model/target.ts';
import { type PluginLog, RULE_PREFIX } from '../log/plugin-log.ts';

/** The host as suites use it. */
export interface SuiteHost extends SymbolHost {
  /** Says `start` for a symbol whether the manifest has it or not; the plugin's refusal, or null when it said `ok`. */
  tryStart?(plugin: string, symbol: PluginSymbol, meta: RuleMeta): Promise<string | null>;
}

/** What all cases and checks of a suite share. */
export interface Around {
  readonly host: SuiteHost;
  readonly log: PluginLog;
  readonly plugin: string;
  readonly target: Target;
  readonly project: string | null;
  readonly scratch: string;
  readonly withinMs: number;
  readonly now: () => number;
  /** The user has had enough. */
  readonly signal: AbortSignal;
  /** A rule of its own for whoever asks, so that nobody shares a socket. */
  readonly nextRule: () => RuleMeta;
}

/** The path of a Unix socket may have 107 bytes, and `_source_0_ack.ipc` and `/tmp/` belong to it. */
const LONGEST_NAME = 60;

/** Rules that carry the plugin's name: two plugins that are tested at once have different sockets. */
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
