import { inspect } from 'node:util';
import type { Log, LogLevel, RuleMeta } from '../api/context.ts';

/** The environment of a plugin: the process in production, a replacement in tests. */
export interface Environment {
  /** The folder of eKuiper's sockets: `/tmp`. */
  readonly socketFolder: string;
  /** Writes a text to eKuiper's log; it ends with a line feed. */
  readonly write: (stream: 'stdout' | 'stderr', text: string) => void;
  /** Whether the process that started the plugin has ended. */
  readonly isOrphan: () => boolean;
  /** Called when the connection to the host is lost permanently. */
  readonly onLost: (why: string) => void;
  /** How long one row may wait for the host before a line in the log reports it, in milliseconds. */
  readonly sendTimeoutMs: number;
  readonly limits: Limits;
}

/** Timeouts in milliseconds. */
export interface Limits {
  /** How long a lost control connection is dialled again. */
  readonly hostMs: number;
  /** Sockets on which the host listens before it sends `start`. */
  readonly dialMs: number;
  /**
   * A function socket where it is not known whether a host listens (docs/ekuiper.md#workaround-in-the-plugin, rule 2).
   */
  readonly workaroundMs: number;
  /** Time without a request on a function socket before a `handshake` is sent. */
  readonly silenceMs: number;
  /** A sink's `open`, while the host waits for the answer to `start`. */
  readonly openMs: number;
  /** The end of an instance, while the host waits for the answer to `stop`. */
  readonly stopMs: number;
}

export const LIMITS: Limits = {
  hostMs: 60_000,
  dialMs: 5000,
  workaroundMs: 1000,
  silenceMs: 5000,
  openMs: 3000,
  stopMs: 2000,
};

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

/** Shared by every instance of a plugin. */
export interface Plugin extends Environment {
  readonly name: string;
  readonly logOf: (label: string) => Log;
}

/** Path of the data socket of a source or sink; with `_ack` of its acknowledgements (docs/wire.md#sockets). */
export function dataPath(plugin: Plugin, rule: RuleMeta, suffix: '' | '_ack' = ''): string {
  return `${plugin.socketFolder}/${rule.ruleId}_${rule.opId}_${rule.instanceId}${suffix}.ipc`;
}

/** A log whose lines have time, level and `label`; messages below `least` are dropped. */
export function makeLog(write: Environment['write'], least: LogLevel, label: string): Log {
  const put =
    (level: LogLevel) =>
    (message: string, ...details: readonly unknown[]) => {
      if (LEVELS.indexOf(level) < LEVELS.indexOf(least)) return;
      const stream = level === 'warn' || level === 'error' ? 'stderr' : 'stdout';
      const text = [message, ...details.map(shown)].join(' ');
      write(stream, `${new Date().toISOString()} ${level.toUpperCase()} [${label}] ${text}\n`);
    };
  return { debug: put('debug'), info: put('info'), warn: put('warn'), error: put('error') };
}

function shown(detail: unknown): string {
  return typeof detail === 'string' ? detail : inspect(detail, { depth: 4 });
}
