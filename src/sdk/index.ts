export { fromBytes, toBytes } from './api/bytes.ts';
export {
  type Config,
  type InstanceContext,
  type Log,
  type LogLevel,
  type Row,
  type RuleMeta,
  Stopped,
} from './api/context.ts';
export {
  type Exec,
  type FieldReference,
  type FunctionContext,
  type FunctionSpec,
  type FunctionSymbol,
  isFieldReference,
} from './api/function.ts';
export type { PluginDefinition, RunningPlugin } from './api/plugin.ts';
export { type Settings, settings } from './api/settings.ts';
export {
  type AnySink,
  type Batch,
  type ConfiguredSink,
  defineSink,
  type PlainSink,
  type Sink,
  type SinkClass,
  type SinkContext,
  type SinkFactory,
  type SinkSpec,
} from './api/sink.ts';
export {
  type AnySource,
  type ConfiguredSource,
  defineSource,
  type PlainSource,
  type Source,
  type SourceClass,
  type SourceContext,
  type SourceFactory,
  type SourceSpec,
} from './api/source.ts';
export { startPlugin } from './start-plugin.ts';
