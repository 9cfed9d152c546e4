import type { Config } from '../api/context.ts';
import type { FunctionSpec, FunctionSymbol } from '../api/function.ts';
import type { AnySink, Batch, SinkContext, SinkSpec } from '../api/sink.ts';
import type { AnySource, SourceContext, SourceSpec } from '../api/source.ts';

/** Creates a source for one instance. Throws what its class or factory throws. */
export function makeSource(spec: SourceSpec): AnySource {
  return make(spec, 'open');
}

/** Creates a sink for one instance. Throws what its class or factory throws. */
export function makeSink(spec: SinkSpec): AnySink {
  return make(spec, 'collect');
}

/** Creates the function for all rules. Throws what its class throws. */
export function makeFunction(spec: FunctionSpec): FunctionSymbol {
  if (typeof spec !== 'function') return spec;
  return isClass<FunctionSymbol>(spec, 'exec') ? new spec() : { exec: spec };
}

function make<T extends object>(spec: T | (() => T) | (new () => T), method: string): T {
  if (typeof spec !== 'function') return spec;
  // A function that is not a class is the factory; `T` is an object with methods, never itself a function.
  return isClass<T>(spec, method) ? new spec() : (spec as () => T)();
}

// Classes have a prototype with the method; arrow functions and factories do not.
function isClass<T>(spec: object, method: string): spec is new () => T {
  const prototype: unknown = 'prototype' in spec ? spec.prototype : null;
  return typeof prototype === 'object' && prototype !== null && method in prototype;
}

/** A source's context without the configuration, which {@link configureSource} adds. */
export type SourceContextBase = Omit<SourceContext, 'config'>;

export type OpenSource = (base: SourceContextBase) => unknown;

/** Configures a source and returns the function that opens it. Throws what `configure` throws. */
export async function configureSource(source: AnySource, config: Config): Promise<OpenSource> {
  if (source.configure === undefined) return (base) => source.open({ ...base, config });
  const own = await source.configure(config);
  return (base) => source.open({ ...base, config: own });
}

export type SinkContextBase = Omit<SinkContext, 'config'>;

/** A sink bound to its configuration and context. */
export interface ReadySink {
  open(): unknown;
  collect(batch: Batch): void | Promise<void>;
  close(): unknown;
}

/** Configures a sink. Throws what `configure` throws. */
export async function configureSink(
  sink: AnySink,
  config: Config,
  base: SinkContextBase,
): Promise<ReadySink> {
  if (sink.configure === undefined) return ready(sink, { ...base, config });
  return ready(sink, { ...base, config: await sink.configure(config) });
}

interface Methods<C> {
  open?(context: SinkContext<C>): unknown;
  collect(batch: Batch, context: SinkContext<C>): void | Promise<void>;
  close?(): unknown;
}

function ready<C>(sink: Methods<C>, context: SinkContext<C>): ReadySink {
  return {
    open: () => sink.open?.(context),
    collect: (batch) => sink.collect(batch, context),
    close: () => sink.close?.(),
  };
}
