export {
  type Config,
  type InstanceContext,
  type Log,
  type LogLevel,
  type Row,
  type RuleMeta,
  type Settings,
  Stopped,
  settings,
} from './api/context.ts';
export {
  type Exec,
  type FieldReference,
  type FunctionContext,
  type FunctionSpec,
  type FunctionSymbol,
  fromBytes,
  isFieldReference,
  toBytes,
} from './api/function.ts';
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
export type { PluginDefinition, RunningPlugin } from './start-plugin.ts';
export { startPlugin } from './start-plugin.ts';
