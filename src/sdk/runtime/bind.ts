import type { Config } from '../api/context.ts';
import type { AnySink, Batch, SinkContext } from '../api/sink.ts';
import type { AnySource, SourceContext } from '../api/source.ts';

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
