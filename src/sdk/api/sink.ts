import type { Config, InstanceContext, Row } from './context.ts';

export type SinkContext<C = Config> = InstanceContext<C>;

/**
 * One message to a sink, decoded when it is looked at. eKuiper sends a JSON array of rows, with `sendSingle` one
 * object; a template or another `format` of the rule can make it anything, and with `sendError` eKuiper 2.x
 * sends the bare text of an error.
 */
export interface Batch {
  /** As received. */
  readonly bytes: Uint8Array;
  /** The bytes as UTF-8. */
  readonly text: string;
  /** The parsed text; undefined when it is no JSON. */
  readonly json: unknown;
  /** The objects of a JSON array, or the one JSON object; empty for anything else. */
  readonly rows: readonly Row[];
}

/** One instance serves one action of one rule. `C` is what `configure` makes of the configuration. */
export interface ConfiguredSink<C> {
  /** Checks and types the configuration; what it throws is eKuiper's error for the rule. Called before `open`. */
  configure(config: Config): C | Promise<C>;
  /** Awaited before the first row; what it throws within 3 s is eKuiper's error for the rule. */
  open?(context: SinkContext<C>): void | Promise<void>;
  /**
   * Takes one message; the next one comes when this is done. With `requireAck: true` in the rule, returning
   * acknowledges it and throwing acknowledges it with the error; without, an error is only logged.
   */
  collect(batch: Batch, context: SinkContext<C>): void | Promise<void>;
  /** Called once, after the signal is aborted and `collect` is done. Waited for, 2 s at most. */
  close?(): void | Promise<void>;
}

// Properties, because TypeScript lets a method's parameters be narrower than promised.
export interface PlainSink {
  readonly configure?: undefined;
  readonly open?: (context: SinkContext) => void | Promise<void>;
  readonly collect: (batch: Batch, context: SinkContext) => void | Promise<void>;
  close?(): void | Promise<void>;
}

/** A sink: `Sink` takes the configuration as it comes, `Sink<Settings>` has a `configure` that makes Settings. */
export type Sink<C = Config> = Config extends C ? PlainSink : ConfiguredSink<C>;

// Without "configure" in all of the union TypeScript could not tell which of its members an object literal is.
export interface SinkFactory {
  (): AnySink;
  readonly configure?: undefined;
}

export interface SinkClass {
  new (): AnySink;
  readonly configure?: undefined;
}

export type AnySink = PlainSink | ConfiguredSink<unknown>;

/** A class or a factory makes a sink for each instance; a plain object is used by all of them at once. */
export type SinkSpec = AnySink | SinkFactory | SinkClass;

/** The sink itself: lets TypeScript find out what `configure` returns. */
export function defineSink<C>(sink: ConfiguredSink<C>): ConfiguredSink<C> {
  return sink;
}
