import type { LogLevel } from './context.ts';
import type { FunctionSpec } from './function.ts';
import type { SinkSpec } from './sink.ts';
import type { SourceSpec } from './source.ts';

/** The names here, in the manifest `<name>.json` and of the symbol files belong together. */
export interface PluginDefinition {
  /** The name of the manifest: the sockets that eKuiper listens on are called after it. */
  readonly name: string;
  readonly sources?: Readonly<Record<string, SourceSpec>>;
  readonly sinks?: Readonly<Record<string, SinkSpec>>;
  readonly functions?: Readonly<Record<string, FunctionSpec>>;
  /** The least that is logged; `info` when nothing is said. */
  readonly logLevel?: LogLevel;
}

export interface RunningPlugin {
  readonly name: string;
  /** Stops sources and sinks as eKuiper would and closes every connection; the process may then end. */
  stop(): Promise<void>;
}
