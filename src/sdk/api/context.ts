/** A JSON object: a configuration from eKuiper, or a row for it. */
export type Config = Readonly<Record<string, unknown>>;
export type Row = Readonly<Record<string, unknown>>;

/** The user of a source or sink: the rule, the node in its graph and the number of the node's copy. */
export interface RuleMeta {
  readonly ruleId: string;
  readonly opId: string;
  readonly instanceId: number;
}

/**
 * Writes to eKuiper's log; each line is written at once, so that none is lost when the process ends. `debug` and `info`
 * go to stdout, the others to stderr; an Error is logged with its stack.
 */
export interface Log {
  debug(message: string, ...details: readonly unknown[]): void;
  info(message: string, ...details: readonly unknown[]): void;
  warn(message: string, ...details: readonly unknown[]): void;
  error(message: string, ...details: readonly unknown[]): void;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** The context of one running source or sink. */
export interface InstanceContext<C = Config> {
  /** The return value of `configure`; without `configure`, the configuration as eKuiper sent it. */
  readonly config: C;
  readonly rule: RuleMeta;
  /** Aborted when eKuiper stops the instance; its reason is a {@link Stopped}. */
  readonly signal: AbortSignal;
  readonly log: Log;
}

/** eKuiper stopped the instance: the reason of the instance's signal, and the error that `emit` throws afterwards. */
export class Stopped extends Error {
  override name = 'Stopped';

  constructor(message = 'stopped by the host') {
    super(message);
  }
}
