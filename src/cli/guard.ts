import { writeSync } from 'node:fs';
import { EXIT, KpluginError } from '../model/error.ts';
import { visibleJson } from '../model/printable.ts';
import { asKpluginError } from './failure.ts';
import { type FailedRun, failureOutput } from './failure-output.ts';
import { escapeOutput } from './output/escape-output.ts';
import { PLAIN_FORMAT } from './output/render.ts';

/**
 * Installs the process-wide error handlers: a closed pipe (`kplugin list | head -1`) is not an error and interrupts no
 * clean-up; output that cannot be written sets the exit code; an uncaught error prints a bug report and exits with 70.
 * `current` returns the run as far as it is known then.
 */
export function guardProcess(current: () => FailedRun): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    const failed = current();
    const text = { ...failed, globals: { ...failed.globals, json: false } };
    process.stderr.write(escapeOutput(failureOutput(unwritable(error), text, PLAIN_FORMAT)));
    process.exit(EXIT.usage);
  });
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    // The command continues: a full disk under a log is no reason to leave a host half-changed.
    if (error.code !== 'EPIPE') process.exitCode ||= EXIT.usage;
  });
  const onBug = (thrown: unknown): never => {
    const failed = current();
    const output = failureOutput(asKpluginError(thrown, null), failed, PLAIN_FORMAT);
    // The process must end now, so the output is written synchronously.
    try {
      if (failed.globals.json) writeSync(1, process.stdout.isTTY ? visibleJson(output) : output);
      else writeSync(2, escapeOutput(output));
    } catch {
      // stderr is closed: only the exit code is left.
    }
    process.exit(EXIT.bug);
  };
  process.on('uncaughtException', onBug);
  process.on('unhandledRejection', onBug);
}

function unwritable(cause: Error): KpluginError {
  return new KpluginError({
    code: 'stdout-unwritable',
    exit: EXIT.usage,
    message: 'the output could not be written',
    reason: cause.message,
    hint: 'check where it is redirected to, for example whether the disk is full',
    cause,
  });
}
