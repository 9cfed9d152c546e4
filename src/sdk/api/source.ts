import type { Config, InstanceContext } from './context.ts';

export interface SourceContext<C = Config> extends InstanceContext<C> {
  /**
   * The `DATASOURCE` of the stream; empty when there is none. eKuiper 2.x sends it in `config.datasource`, 1.14 beside
   * the configuration; this is either of them.
   */
  readonly dataSource: string;
  /**
   * Sends one row; `meta` is what `meta(key)` in SQL reads. Waits while eKuiper is slower than the source, so await it.
   * Throws {@link Stopped} after the instance is stopped, and a TypeError for anything but a JSON object.
   */
  emit(row: object, meta?: object | null): Promise<void>;
  /** Reports an error to the rule; the source continues. Waits and throws as `emit` does. */
  emitError(error: unknown): Promise<void>;
}

/** One instance serves one stream of one rule. `C` is the return type of `configure`. */
export interface ConfiguredSource<C> {
  /** Validates and converts the configuration, before `open`. eKuiper reports an error that it throws for the rule. */
  configure(config: Config): C | Promise<C>;
  /**
   * Sends rows until it has no more or `signal` is aborted. Returning is a normal end; calls of `emit` that the source
   * still makes afterwards work. An error that it throws ends the source, is logged, and is reported to the rule.
   */
  open(context: SourceContext<C>): void | Promise<void>;
  /** Called once, after the signal is aborted or `open` has thrown. Awaited for at most 2 s. */
  close?(): void | Promise<void>;
}

// Properties, not methods, because TypeScript does not check method parameters strictly.
export interface PlainSource {
  readonly configure?: undefined;
  readonly open: (context: SourceContext) => void | Promise<void>;
  close?(): void | Promise<void>;
}

/**
 * A source: `Source` gets the configuration as eKuiper sends it, `Source<Settings>` has a `configure` that returns
 * Settings.
 */
export type Source<C = Config> = Config extends C ? PlainSource : ConfiguredSource<C>;

// Without "configure" in every member TypeScript could not tell which member of the union an object literal is.
export interface SourceFactory {
  (): AnySource;
  readonly configure?: undefined;
}

export interface SourceClass {
  new (): AnySource;
  readonly configure?: undefined;
}

export type AnySource = PlainSource | ConfiguredSource<unknown>;

/** A class or factory creates a source for each instance; a plain object is shared by all of them. */
export type SourceSpec = AnySource | SourceFactory | SourceClass;

/** Returns the source unchanged: lets TypeScript infer the return type of `configure`. */
export function defineSource<C>(source: ConfiguredSource<C>): ConfiguredSource<C> {
  return source;
}
