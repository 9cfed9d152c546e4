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

/** Reads typed settings from a configuration; throws an Error that names the setting. */
export interface Settings {
  /** Throws when the setting is missing and there is no fallback; the same for the other types. */
  string(key: string, fallback?: string): string;
  /** `limits` are inclusive. */
  number(
    key: string,
    fallback?: number,
    limits?: { readonly min?: number; readonly max?: number },
  ): number;
  boolean(key: string, fallback?: boolean): boolean;
  /** The value, not validated; undefined when it is missing. */
  get(key: string): unknown;
}

/**
 * For `configure`: `settings(config).number('pace', 1000)`. Keys match in any letter case, because eKuiper 2.x
 * lower-cases those of `sources/x.yaml` that `sources/x.json` does not list; the exact key takes precedence.
 */
export function settings(config: Config): Settings {
  return new ConfigReader(config);
}

class ConfigReader implements Settings {
  readonly #config: Config;

  constructor(config: Config) {
    this.#config = config;
  }

  get(key: string): unknown {
    if (Object.hasOwn(this.#config, key)) return this.#config[key];
    const wanted = key.toLowerCase();
    const found = Object.keys(this.#config).find((name) => name.toLowerCase() === wanted);
    return found === undefined ? undefined : this.#config[found];
  }

  string(key: string, fallback?: string): string {
    const value = this.#value(key, fallback);
    return typeof value === 'string' ? value : refuse(key, 'a text', value);
  }

  boolean(key: string, fallback?: boolean): boolean {
    const value = this.#value(key, fallback);
    return typeof value === 'boolean' ? value : refuse(key, 'true or false', value);
  }

  number(key: string, fallback?: number, limits: { min?: number; max?: number } = {}): number {
    const value = this.#value(key, fallback);
    if (typeof value !== 'number') return refuse(key, 'a number', value);
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = limits;
    if (value >= min && value <= max) return value;
    return refuse(key, value < min ? `${min} or more` : `${max} or less`, value);
  }

  // eKuiper sends a setting that is empty in YAML as null.
  #value(key: string, fallback: unknown): unknown {
    const value = this.get(key) ?? fallback;
    if (value === undefined) throw new Error(`the setting ${key} is missing`);
    return value;
  }
}

function refuse(key: string, wanted: string, value: unknown): never {
  throw new Error(`the setting ${key} must be ${wanted}, not ${JSON.stringify(value)}`);
}
