import { inspect } from 'node:util';
import type { Log, LogLevel } from '../api/context.ts';
import type { Environment } from './environment.ts';

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

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
