import type { PluginInfo } from '../../model/plugin/plugin-info.ts';
import type { SymbolKind } from '../../model/symbol.ts';

/** Who uses a symbol: the rule, the node in its graph and which copy of that node (docs/wire.md#commands). */
export interface RuleMeta {
  readonly ruleId: string;
  readonly opId: string;
  readonly instanceId: number;
}

export type SymbolConfig = Readonly<Record<string, unknown>>;

/** What eKuiper would make of a source's YAML, a stream's `CONF_KEY` and its `DATASOURCE`. */
export interface SourceConfigRequest {
  readonly source: string;
  /** The group of `sources/<source>.yaml`; `default` is always below it. */
  readonly confKey?: string;
  readonly dataSource?: string;
  /** Laid over the group, as a test case asks; keys stay as they are. */
  readonly overrides?: SymbolConfig;
}

export interface SourceRequest {
  readonly symbol: string;
  readonly meta: RuleMeta;
  /** As it goes over the wire; {@link SymbolHost.sourceConfig} makes the one that eKuiper would send. */
  readonly config: SymbolConfig;
  /** 1.14 sends the topic beside the configuration, newer ones only inside of it. */
  readonly dataSource?: string;
  /** Each message of the source; the next one is read when a returned promise resolves. */
  readonly onMessage: (message: SourceMessage) => void | Promise<void>;
  /** What eKuiper would only log: bytes that are no message, `{"error":…}`, a broken connection. */
  readonly onFault?: (text: string) => void;
}

export interface SourceMessage {
  readonly message: Readonly<Record<string, unknown>>;
  readonly meta: Readonly<Record<string, unknown>> | null;
  /** Length on the wire. */
  readonly bytes: number;
}

export interface OpenSource {
  readonly request: SourceRequest;
  readonly plugin: string;
  /** Messages received so far. */
  readonly count: number;
  /** Closes the data channel, then says `stop`, as eKuiper does. May be called again. */
  stop(): Promise<void>;
}

export interface SinkRequest {
  readonly symbol: string;
  readonly meta: RuleMeta;
  /** With `requireAck: true` every {@link OpenSink.send} waits for the acknowledgement. */
  readonly config: SymbolConfig;
  /** Each acknowledgement, asked for or not; null is a good one. */
  readonly onAck?: (error: string | null) => void;
}

export interface OpenSink {
  readonly request: SinkRequest;
  readonly plugin: string;
  readonly count: number;
  /**
   * Sends what eKuiper would send: one JSON array of rows, or one row with `sendSingle` (docs/wire.md#rows-of-a-sink).
   * Throws HostRefusal when the plugin does not take it within the send timeout or acknowledges an error.
   */
  send(body: Uint8Array | string): Promise<void>;
  stop(): Promise<void>;
}

/** The context that eKuiper appends to the arguments of `Exec`. */
export interface FunctionContext extends RuleMeta {
  readonly funcId: number;
}

/** One function: shared by all rules, started once per life of the host (docs/wire.md#commands). */
export interface OpenFunction {
  readonly symbol: string;
  readonly plugin: string;
  readonly count: number;
  /** Throws HostRefusal in eKuiper's words when the function refuses the arguments. */
  validate(args: readonly unknown[]): Promise<void>;
  /** Asked once and remembered, as in eKuiper; what is no boolean counts as false. */
  isAggregate(): Promise<boolean>;
  /** The function's result; throws HostRefusal with its error, or for a time-out. */
  exec(args: readonly unknown[], context: FunctionContext): Promise<unknown>;
  /** eKuiper never does this: frees the socket, and the next {@link SymbolHost.openFunction} starts it anew. */
  close(): Promise<void>;
}

/** Milliseconds; eKuiper's own where nothing else is said. */
export interface Timeouts {
  /** Handshake after the start (`portable.initTimeout`). */
  readonly initMs: number;
  /** Answer to `start` and `stop`: an hour in eKuiper, which nobody should wait for here. */
  readonly commandMs: number;
  /** One row into a sink, one question into a function. */
  readonly sendMs: number;
  /** Answer of a function; acknowledgement of a sink, for which eKuiper itself waits for ever. */
  readonly receiveMs: number;
}

/** What the host does with the symbols of its plugins; everything it refuses is a HostRefusal. */
export interface SymbolHost {
  /** The plugin whose manifest names the symbol; null when none does. */
  pluginOf(kind: SymbolKind, symbol: string): PluginInfo | null;
  sourceConfig(request: SourceConfigRequest): Promise<SymbolConfig>;
  openSource(request: SourceRequest): Promise<OpenSource>;
  openSink(request: SinkRequest): Promise<OpenSink>;
  /** The same object for every caller until it is closed. */
  openFunction(symbol: string): Promise<OpenFunction>;
  /** Everything that is open, for a list of what runs. */
  readonly openSources: readonly OpenSource[];
  readonly openSinks: readonly OpenSink[];
  readonly openFunctions: readonly OpenFunction[];
  /** Ends the process as a crash would: it stays dead (docs/ekuiper.md#dead-plugins). */
  kill(plugin: string): Promise<void>;
  /** Ends the process and starts it; symbols come back as in eKuiper (docs/ekuiper.md#functions-after-an-update). */
  restart(plugin: string): Promise<void>;
  /**
   * Awaits a plugin that somebody starts by hand or in a debugger: its control socket listens, no process is
   * started, a second start of it takes the place of the first. `files`: where its `sources/` … lie.
   */
  adopt(plugin: PluginInfo, files: string): Promise<Adopted>;
}

export interface Adopted {
  /** Resolves with its first handshake. */
  readonly handshake: Promise<void>;
}
