import { writeSync } from 'node:fs';
import type { LogLevel } from './api/context.ts';
import type { FunctionSpec } from './api/function.ts';
import type { SinkSpec } from './api/sink.ts';
import type { SourceSpec } from './api/source.ts';
import { type Command, parseCommand } from './runtime/command.ts';
import { type Environment, LIMITS, makeLog, type Plugin } from './runtime/environment.ts';
import { isCausedByStop, refusal } from './runtime/errors.ts';
import { Functions } from './runtime/functions.ts';
import { serveControl } from './runtime/host-channel.ts';
import { SinkInstance } from './runtime/sink-instance.ts';
import { SourceInstance } from './runtime/source-instance.ts';

/** eKuiper's default for `sendTimeout`, in milliseconds. */
const SEND_TIMEOUT_MS = 1000;

/**
 * Exit status after a signal, as a shell reports it. Never 0: eKuiper reports a plugin that exited with 0 as running,
 * permanently (docs/ekuiper.md#status).
 */
const ENDED_BY = { SIGINT: 130, SIGTERM: 143 } as const;

const PAUSE = new Int32Array(new SharedArrayBuffer(4));

/** The names here, in the manifest `<name>.json` and of the symbol files must match. */
export interface PluginDefinition {
  /** The name in the manifest: the file names of eKuiper's sockets contain it. */
  readonly name: string;
  readonly sources?: Readonly<Record<string, SourceSpec>>;
  readonly sinks?: Readonly<Record<string, SinkSpec>>;
  readonly functions?: Readonly<Record<string, FunctionSpec>>;
  /** The lowest level that is logged; default `info`. */
  readonly logLevel?: LogLevel;
}

export interface RunningPlugin {
  readonly name: string;
  /** Stops sources and sinks as eKuiper would and closes every connection; afterwards the process may exit. */
  stop(): Promise<void>;
}

/**
 * Runs the plugin in this process until eKuiper ends it: dials the host, starts and stops symbols on its commands, logs
 * to stdout and stderr, and ends the process on SIGTERM, on an uncaught error, or when the host has ended. Resolves
 * when the host is connected; awaiting it is optional. One call per process.
 */
export async function startPlugin(definition: PluginDefinition): Promise<RunningPlugin> {
  const parent = process.ppid;
  const environment: Environment = {
    socketFolder: '/tmp',
    write,
    isOrphan: () => process.ppid !== parent,
    onLost: (why) => fatal(definition.name, why),
    sendTimeoutMs: sendTimeoutOf(process.argv[2]),
    limits: LIMITS,
  };
  // When the host has ended nothing reads the log; the process still has to close sources and sinks.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  process.on('uncaughtException', (error) => fatal(definition.name, 'uncaught error:', error));
  process.on('unhandledRejection', (reason) => {
    if (!isCausedByStop(reason)) fatal(definition.name, 'unhandled rejection:', reason);
  });
  const running = await runPlugin(definition, environment);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void running.stop().finally(() => process.exit(ENDED_BY[signal])));
  }
  return running;
}

/** Parses `{"sendTimeout":1000}`, the only argument that eKuiper passes; a plugin started in a terminal has none. */
export function sendTimeoutOf(argument: string | undefined): number {
  try {
    const { sendTimeout }: { sendTimeout?: unknown } = Object(JSON.parse(argument ?? '{}'));
    return typeof sendTimeout === 'number' && sendTimeout > 0 ? sendTimeout : SEND_TIMEOUT_MS;
  } catch {
    return SEND_TIMEOUT_MS;
  }
}

function fatal(name: string, why: string, ...details: readonly unknown[]): void {
  makeLog(write, 'error', name).error(why, ...details);
  process.exit(1);
}

// Not through the stream, which may keep data that cannot be written at once and lose it when the process ends.
function write(stream: 'stdout' | 'stderr', text: string): void {
  const fd = stream === 'stdout' ? 1 : 2;
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(fd, rest));
    } catch (error) {
      if (!isFull(error)) return;
      Atomics.wait(PAUSE, 0, 0, 1);
    }
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN';
}

/**
 * Runs the plugin in a given environment. Resolves when it is connected to the host's control socket; rejects with
 * DialFailed when it is not within `limits.hostMs`.
 */
export async function runPlugin(
  definition: PluginDefinition,
  environment: Environment,
): Promise<RunningPlugin> {
  const { name, logLevel = 'info' } = definition;
  const plugin: Plugin = {
    ...environment,
    name,
    logOf: (label) => makeLog(environment.write, logLevel, `${name} ${label}`),
  };
  const symbols = new Symbols(plugin, definition);
  // In parallel to the control connection, because the socket of a dead server may take long to fail.
  symbols.workaround();
  try {
    const control = await serveControl(plugin, symbols.answer);
    return { name, stop: () => stopAll(control, symbols) };
  } catch (error) {
    await symbols.close();
    throw error;
  }
}

async function stopAll(control: { close(): void }, symbols: Symbols): Promise<void> {
  control.close();
  await symbols.close();
}

/** All symbols of a plugin; handles the host's commands (docs/wire.md#commands). */
class Symbols {
  readonly #plugin: Plugin;
  readonly #definition: PluginDefinition;
  readonly #functions: Functions;
  readonly #instances = new Map<string, Instance>();

  constructor(plugin: Plugin, definition: PluginDefinition) {
    this.#plugin = plugin;
    this.#definition = definition;
    this.#functions = new Functions(plugin, definition.functions ?? {});
  }

  /** Connects the functions that the host treats as running. */
  workaround(): void {
    this.#functions.workaround();
  }

  /** Answers a command with `ok` or an error text; never rejects. */
  readonly answer = async (question: Buffer): Promise<string> => {
    const log = this.#plugin.logOf('control');
    try {
      const command = parseCommand(question.toString());
      log.info(`${command.action} ${labelOf(command)}`);
      await (command.action === 'start' ? this.#start(command) : this.#stop(command));
      return 'ok';
    } catch (error) {
      log.error('refused:', error);
      return refusal(error);
    }
  };

  /** Stops all instances and connections. */
  async close(): Promise<void> {
    this.#functions.close();
    await Promise.all([...this.#instances.keys()].map((key) => this.#end(key)));
  }

  async #start(command: Command): Promise<void> {
    const { type, symbol } = command;
    if (type === 'func') return this.#functions.start(symbol);
    const key = keyOf(command);
    await this.#end(key);
    const instance =
      type === 'source'
        ? await SourceInstance.start(
            this.#plugin,
            found(this.#definition.sources, command),
            command,
          )
        : await SinkInstance.start(this.#plugin, found(this.#definition.sinks, command), command);
    this.#instances.set(key, instance);
    void instance.ended.then(() => {
      if (this.#instances.get(key) === instance) this.#instances.delete(key);
    });
  }

  async #stop(command: Command): Promise<void> {
    // eKuiper uses one connection for all rules and never stops a function.
    if (command.type === 'func') return;
    if (await this.#end(keyOf(command))) return;
    // After an error eKuiper would keep the instance's `start` for the next process.
    this.#plugin.logOf('control').warn(`${labelOf(command)} does not run`);
  }

  async #end(key: string): Promise<boolean> {
    const instance = this.#instances.get(key);
    this.#instances.delete(key);
    await instance?.stop();
    return instance !== undefined;
  }
}

interface Instance {
  /** Never throws; takes `limits.stopMs` at most. */
  stop(): Promise<void>;
}

function found<T>(specs: Readonly<Record<string, T>> | undefined, { type, symbol }: Command): T {
  const spec = specs !== undefined && Object.hasOwn(specs, symbol) ? specs[symbol] : undefined;
  if (spec === undefined) throw new Error(`symbol not found: ${type} ${symbol}`);
  return spec;
}

function keyOf({ type, symbol, rule }: Command): string {
  return `${type}_${rule.ruleId}_${rule.opId}_${rule.instanceId}_${symbol}`;
}

function labelOf({ type, symbol, rule }: Command): string {
  return type === 'func' ? `function ${symbol}` : `${type} ${symbol} of rule ${rule.ruleId}`;
}
