import type { Config, InstanceContext } from './context.ts';

export interface SourceContext<C = Config> extends InstanceContext<C> {
  /**
   * The `DATASOURCE` of the stream; empty when there is none. eKuiper 2.x has it in
   * `config.datasource`, 1.14 beside the configuration; this is either.
   */
  readonly dataSource: string;
  /**
   * Sends one row; `meta` is what `meta(key)` in SQL reads. Waits while eKuiper is slower than the source, so await
   * it. Throws {@link Stopped} once the instance is stopped, and a TypeError for what is no JSON object.
   */
  emit(row: object, meta?: object | null): Promise<void>;
  /** Reports an error to the rule, and the source goes on. Waits and throws as `emit` does. */
  emitError(error: unknown): Promise<void>;
}

/** One instance serves one stream of one rule. `C` is what `configure` makes of the configuration. */
export interface ConfiguredSource<C> {
  /** Checks and types the configuration; what it throws is eKuiper's error for the rule. Called before `open`. */
  configure(config: Config): C | Promise<C>;
  /**
   * Sends rows until it has no more or `signal` is aborted; returning is a normal end, but for what the source
   * still does with `emit`. What it throws ends the source, is logged, and is reported to the rule.
   */
  open(context: SourceContext<C>): void | Promise<void>;
  /** Called once, after the signal is aborted or `open` has thrown. Waited for, 2 s at most. */
  close?(): void | Promise<void>;
}

// Properties, because TypeScript lets a method's parameters be narrower than promised.
export interface PlainSource {
  readonly configure?: undefined;
  readonly open: (context: SourceContext) => void | Promise<void>;
  close?(): void | Promise<void>;
}

/** A source: `Source` takes the configuration as it comes, `Source<Settings>` has a `configure` that makes Settings. */
export type Source<C = Config> = Config extends C ? PlainSource : ConfiguredSource<C>;

// Without "configure" in all of the union TypeScript could not tell which of its members an object literal is.
export interface SourceFactory {
  (): AnySource;
  readonly configure?: undefined;
}

export interface SourceClass {
  new (): AnySource;
  readonly configure?: undefined;
}

export type AnySource = PlainSource | ConfiguredSource<unknown>;

/** A class or a factory makes a source for each instance; a plain object is used by all of them at once. */
export type SourceSpec = AnySource | SourceFactory | SourceClass;

/** The source itself: lets TypeScript find out what `configure` returns. */
export function defineSource<C>(source: ConfiguredSource<C>): ConfiguredSource<C> {
  return source;
}
