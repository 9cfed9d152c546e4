import type { Config, InstanceContext, Row } from './context.ts';

export type SinkContext<C = Config> = InstanceContext<C>;

/**
 * One message to a sink, decoded on first access. eKuiper sends a JSON array of rows, with `sendSingle` one object; a
 * template or another `format` of the rule can produce any bytes, and with `sendError` eKuiper 2.x sends the plain text
 * of an error.
 */
export interface Batch {
  /** As received. */
  readonly bytes: Uint8Array;
  /** The bytes as UTF-8. */
  readonly text: string;
  /** The parsed JSON; undefined when the text is not JSON. */
  readonly json: unknown;
  /** The objects of a JSON array, or the one JSON object; empty for anything else. */
  readonly rows: readonly Row[];
}

/** One instance serves one action of one rule. `C` is the return type of `configure`. */
export interface ConfiguredSink<C> {
  /** Validates and converts the configuration, before `open`. eKuiper reports an error that it throws for the rule. */
  configure(config: Config): C | Promise<C>;
  /** Awaited before the first row. eKuiper reports an error that it throws within 3 s for the rule. */
  open?(context: SinkContext<C>): void | Promise<void>;
  /**
   * Handles one message; the next one is delivered when this call is done. With `requireAck: true` in the rule,
   * returning acknowledges the message and throwing acknowledges it with the error; otherwise an error is only logged.
   */
  collect(batch: Batch, context: SinkContext<C>): void | Promise<void>;
  /** Called once, after the signal is aborted and `collect` is done. Awaited for at most 2 s. */
  close?(): void | Promise<void>;
}

// Properties, not methods, because TypeScript does not check method parameters strictly.
export interface PlainSink {
  readonly configure?: undefined;
  readonly open?: (context: SinkContext) => void | Promise<void>;
  readonly collect: (batch: Batch, context: SinkContext) => void | Promise<void>;
  close?(): void | Promise<void>;
}

/**
 * A sink: `Sink` gets the configuration as eKuiper sends it, `Sink<Settings>` has a `configure` that returns Settings.
 */
export type Sink<C = Config> = Config extends C ? PlainSink : ConfiguredSink<C>;

// Without "configure" in every member TypeScript could not tell which member of the union an object literal is.
export interface SinkFactory {
  (): AnySink;
  readonly configure?: undefined;
}

export interface SinkClass {
  new (): AnySink;
  readonly configure?: undefined;
}

export type AnySink = PlainSink | ConfiguredSink<unknown>;

/** A class or factory creates a sink for each instance; a plain object is shared by all of them. */
export type SinkSpec = AnySink | SinkFactory | SinkClass;

/** Returns the sink unchanged: lets TypeScript infer the return type of `configure`. */
export function defineSink<C>(sink: ConfiguredSink<C>): ConfiguredSink<C> {
  return sink;
}
