import type { LogLevel } from './context.ts';
import type { FunctionSpec } from './function.ts';
import type { SinkSpec } from './sink.ts';
import type { SourceSpec } from './source.ts';

/** The names here, in the manifest `<name>.json` and of the symbol files must match. */
export interface PluginDefinition {
  /** The name in the manifest: the file names of eKuiper's sockets contain it. */
  readonly name: string;
  readonly sources?: Readonly<Record<string, SourceSpec>>;
  readonly sinks?: Readonly<Record<string, SinkSpec>>;
  readonly functions?: Readonly<Record<string, FunctionSpec>>;
  /** The lowest level that is logged; default `info`. */
  readonly logLevel?: LogLevel;
}

export interface RunningPlugin {
  readonly name: string;
  /** Stops sources and sinks as eKuiper would and closes every connection; afterwards the process may exit. */
  stop(): Promise<void>;
}
