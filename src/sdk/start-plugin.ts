import { writeSync } from 'node:fs';
import type { PluginDefinition, RunningPlugin } from './api/plugin.ts';
import { runPlugin } from './run-plugin.ts';
import { type Environment, LIMITS } from './runtime/environment.ts';
import { comesOfStop } from './runtime/errors.ts';
import { makeLog } from './runtime/log.ts';

/** What eKuiper says when it says nothing. */
const SEND_TIMEOUT_MS = 1000;

/**
 * As a shell reports it. Never 0: eKuiper says of a plugin that ended so that it runs, for good
 * (docs/ekuiper.md#status).
 */
const ENDED_BY = { SIGINT: 130, SIGTERM: 143 } as const;

const PAUSE = new Int32Array(new SharedArrayBuffer(4));

/**
 * Runs the plugin in this process until eKuiper ends it: dials the host, starts and stops symbols as it says, logs to stdout and
 * stderr, and ends the process on SIGTERM, on an uncaught error, or when the host is gone. Resolves once the host is there; nobody has
 * to wait for that. One call per process.
 */
export function startPlugin(definition: PluginDefinition): Promise<RunningPlugin> {
  return ofProcess(definition, runPlugin);
}

type Run = (definition: PluginDefinition, around: Environment) => Promise<RunningPlugin>;

/** Gives the plugin this process: its streams, its signals, its end. */
async function ofProcess(definition: PluginDefinition, run: Run): Promise<RunningPlugin> {
  const parent = process.ppid;
  const around: Environment = {
    socketFolder: '/tmp',
    write,
    isOrphan: () => process.ppid !== parent,
    onLost: (why) => fatal(definition.name, why),
    sendTimeoutMs: sendTimeoutOf(process.argv[2]),
    limits: LIMITS,
  };
  // A host that has gone reads no log; that is no reason to end before sources and sinks are closed.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  process.on('uncaughtException', (error) => fatal(definition.name, 'uncaught error:', error));
  process.on('unhandledRejection', (reason) => {
    if (!comesOfStop(reason)) fatal(definition.name, 'unhandled rejection:', reason);
  });
  const running = await run(definition, around);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void running.stop().finally(() => process.exit(ENDED_BY[signal])));
  }
  return running;
}

/** `{"sendTimeout":1000}`, the one argument that eKuiper gives; started by hand there is none. */
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

// Not through the stream, which may keep back what it cannot write at once, and lose it with the process.
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
