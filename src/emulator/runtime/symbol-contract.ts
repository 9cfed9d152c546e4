import type { PluginInfo } from '../../model/plugin/manifest.ts';
import type { SymbolKind } from '../../model/symbol.ts';
import type { Target } from '../../model/target.ts';

/** The user of a symbol: the rule, the node in its graph and the instance of that node (docs/wire.md#commands). */
export interface RuleMeta {
  readonly ruleId: string;
  readonly opId: string;
  readonly instanceId: number;
}

/** The meta that eKuiper's own test server always uses, whatever the body has (docs/wire.md#plugin-test-server). */
export const DEFAULT_META: RuleMeta = { ruleId: 'rule1', opId: 'op1', instanceId: 1 };

/** `rule1/op1/1` */
export function metaText({ ruleId, opId, instanceId }: RuleMeta): string {
  return `${ruleId}/${opId}/${instanceId}`;
}

export function isSameMeta(a: RuleMeta, b: RuleMeta): boolean {
  return metaText(a) === metaText(b);
}

/** The key of a running symbol; the meta of a function is ignored, because all rules share the function. */
export function symbolKey(kind: SymbolKind, symbol: string, meta: RuleMeta | null): string {
  return kind === 'function' || meta === null
    ? `${kind} ${symbol}`
    : `${kind} ${symbol} ${metaText(meta)}`;
}

export type SymbolConfig = Readonly<Record<string, unknown>>;

/** The inputs of a source's configuration: its YAML, a stream's `CONF_KEY` and its `DATASOURCE`. */
export interface SourceConfigRequest {
  readonly source: string;
  /** The group of `sources/<source>.yaml`; it overrides `default`. */
  readonly confKey?: string;
  readonly dataSource?: string;
  /** Settings of a test case that override the group; keys are not changed. */
  readonly overrides?: SymbolConfig;
}

export interface SourceRequest {
  readonly symbol: string;
  readonly meta: RuleMeta;
  /** The configuration as sent to the plugin; {@link SymbolHost.sourceConfig} makes the one that eKuiper would send. */
  readonly config: SymbolConfig;
  /** 1.14 sends the topic next to the configuration, newer versions only inside of it. */
  readonly dataSource?: string;
  /** Called with each message of the source; the next one is read when a returned promise resolves. */
  readonly onMessage: (message: SourceMessage) => void | Promise<void>;
  /** Called for what eKuiper would only log: bytes that are no message, `{"error":…}`, a broken connection. */
  readonly onFault?: (text: string) => void;
}

export interface SourceMessage {
  readonly message: Readonly<Record<string, unknown>>;
  readonly meta: Readonly<Record<string, unknown>> | null;
  /** Length in bytes as received. */
  readonly bytes: number;
}

export interface OpenSource {
  readonly request: SourceRequest;
  readonly plugin: string;
  /** Messages received so far. */
  readonly count: number;
  /** Closes the data channel, then sends `stop`, as eKuiper does. Can be called again. */
  stop(): Promise<void>;
}

export interface SinkRequest {
  readonly symbol: string;
  readonly meta: RuleMeta;
  /** With `requireAck: true`, {@link OpenSink.send} waits for the acknowledgement. */
  readonly config: SymbolConfig;
  /** Called with each acknowledgement, required or not; null is a success. */
  readonly onAck?: (error: string | null) => void;
}

export interface OpenSink {
  readonly request: SinkRequest;
  readonly plugin: string;
  readonly count: number;
  /**
   * Sends rows like eKuiper: one JSON array of rows, or one row with `sendSingle` (docs/wire.md#rows-of-a-sink).
   * Throws HostRefusal when the plugin does not receive them within the send timeout or acknowledges an error.
   */
  send(body: Uint8Array | string): Promise<void>;
  stop(): Promise<void>;
}

/** The context that eKuiper appends to the arguments of `Exec`. */
export interface FunctionContext extends RuleMeta {
  readonly funcId: number;
}

/** A started function, shared by all rules and started once per life of the host (docs/wire.md#commands). */
export interface OpenFunction {
  readonly symbol: string;
  /** The eKuiper that the host behaves like. */
  readonly target: Target;
  readonly plugin: string;
  readonly count: number;
  /** Throws HostRefusal with eKuiper's error text when the function refuses the arguments. */
  validate(args: readonly unknown[]): Promise<void>;
  /** The answer is cached, as in eKuiper; anything but a boolean counts as false. */
  isAggregate(): Promise<boolean>;
  /** Returns the function's result. Throws HostRefusal with its error, or on a timeout. */
  exec(args: readonly unknown[], context: FunctionContext): Promise<unknown>;
  /** Frees the socket; the next {@link SymbolHost.openFunction} starts the function anew. eKuiper never does this. */
  close(): Promise<void>;
}

/** Milliseconds; the defaults are eKuiper's own. */
export interface Timeouts {
  /** Handshake after the start of the process (`portable.initTimeout`). */
  readonly initMs: number;
  /** Answer to `start` and `stop`: an hour in eKuiper, shorter here. */
  readonly commandMs: number;
  /** One row to a sink, one request to a function. */
  readonly sendMs: number;
  /** Answer of a function; acknowledgement of a sink, for which eKuiper itself waits forever. */
  readonly receiveMs: number;
}

/** The operations on the symbols of a host's plugins; every refusal is a HostRefusal. */
export interface SymbolHost {
  /** The plugin whose manifest declares the symbol; null when none does. */
  pluginOf(kind: SymbolKind, symbol: string): PluginInfo | null;
  sourceConfig(request: SourceConfigRequest): Promise<SymbolConfig>;
  openSource(request: SourceRequest): Promise<OpenSource>;
  openSink(request: SinkRequest): Promise<OpenSink>;
  /** Returns the same object for every caller until it is closed. */
  openFunction(symbol: string): Promise<OpenFunction>;
  /** All open symbols, for lists. */
  readonly openSources: readonly OpenSource[];
  readonly openSinks: readonly OpenSink[];
  readonly openFunctions: readonly OpenFunction[];
  /** Ends the process like a crash; functions do not start it again (docs/ekuiper.md#dead-plugins). */
  kill(plugin: string): Promise<void>;
  /** Restarts the process; symbols restart as in eKuiper (docs/ekuiper.md#functions-after-an-update). */
  restart(plugin: string): Promise<void>;
  /**
   * Waits for a plugin that the user starts, for example in a debugger: listens on its control socket and starts no
   * process. A second process replaces the first. `files`: the directory of its `sources/` and so on.
   */
  adopt(plugin: PluginInfo, files: string): Promise<Adopted>;
}

export interface Adopted {
  /** Resolves on its first handshake. */
  readonly handshake: Promise<void>;
}

/** Events of the host for a log. */
export type HostEvent =
  | {
      readonly kind: 'output';
      readonly plugin: string;
      readonly stream: 'stdout' | 'stderr';
      readonly line: string;
    }
  | {
      readonly kind: 'started';
      readonly plugin: string;
      readonly pid: number;
      /** Program and arguments as passed to the operating system. */
      readonly command: readonly string[];
    }
  | { readonly kind: 'running'; readonly plugin: string; readonly afterMs: number }
  | {
      readonly kind: 'ended';
      readonly plugin: string;
      /** Go's text: `exit status 1`, `signal: killed`. */
      readonly how: string;
      /** True when the host itself ended it. */
      readonly asked: boolean;
    }
  | {
      /** A command and the plugin's answer. */
      readonly kind: 'symbol';
      readonly plugin: string;
      readonly type: SymbolKind;
      readonly symbol: string;
      /** Null for a function. */
      readonly meta: RuleMeta | null;
      readonly command: 'start' | 'stop';
      /** Null when the plugin answered `ok`; else its error text, or why there was no answer. */
      readonly error: string | null;
    }
  | {
      readonly kind: 'note';
      readonly plugin: string | null;
      readonly text: string;
      /** What the plugin did wrong on a socket of a symbol: rows or results are lost because of it. */
      readonly isFault?: boolean;
    };

export type OnEvent = (event: HostEvent) => void;

/** Data events; there may be a hundred thousand per second, so they are made only for a listener. */
export type DataEvent =
  | {
      readonly kind: 'row';
      readonly plugin: string;
      readonly symbol: string;
      readonly meta: RuleMeta;
      readonly row: SourceMessage;
    }
  | {
      readonly kind: 'sent';
      readonly plugin: string;
      readonly symbol: string;
      readonly meta: RuleMeta;
      readonly body: Uint8Array | string;
    }
  | {
      readonly kind: 'ack';
      readonly plugin: string;
      readonly symbol: string;
      readonly meta: RuleMeta;
      readonly error: string | null;
    }
  | {
      readonly kind: 'call';
      readonly plugin: string;
      readonly symbol: string;
      readonly call: 'Validate' | 'IsAggregate' | 'Exec';
      readonly args: readonly unknown[];
      readonly outcome: { readonly result: unknown } | { readonly error: string };
      readonly ms: number;
    };

export type OnData = (event: DataEvent) => void;
