/** What eKuiper sends as configuration, or takes as a row: the members of a JSON object. */
export type Config = Readonly<Record<string, unknown>>;
export type Row = Readonly<Record<string, unknown>>;

/** Who uses a source or sink: the rule, the node in its graph and which copy of that node. */
export interface RuleMeta {
  readonly ruleId: string;
  readonly opId: string;
  readonly instanceId: number;
}

/**
 * Lines for eKuiper's log; each is written at once, so that none is lost when the process ends.
 * `debug` and `info` go to stdout, the others to stderr; an Error brings its stack.
 */
export interface Log {
  debug(message: string, ...details: readonly unknown[]): void;
  info(message: string, ...details: readonly unknown[]): void;
  warn(message: string, ...details: readonly unknown[]): void;
  error(message: string, ...details: readonly unknown[]): void;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** What each running source and sink has of its own. */
export interface InstanceContext<C = Config> {
  /** What `configure` returned; without one, as eKuiper sent it. */
  readonly config: C;
  readonly rule: RuleMeta;
  /** Aborted when eKuiper stops the instance; its reason is a {@link Stopped}. */
  readonly signal: AbortSignal;
  readonly log: Log;
}

/** Why something ended that eKuiper has stopped: the reason of an instance's signal, and what `emit` throws then. */
export class Stopped extends Error {
  override name = 'Stopped';

  constructor(message = 'stopped by the host') {
    super(message);
  }
}
