import { writeSync } from 'node:fs';
import { EXIT, KpluginError } from '../model/error.ts';
import { visibleJson } from '../model/printable.ts';
import { asKpluginError } from './failure.ts';
import { type FailedRun, failureOutput } from './failure-output.ts';
import { PLAIN_PAPER } from './output/render.ts';
import { shown } from './output/shown.ts';

/**
 * What must hold whatever a command does: a reader that goes away (`kplugin list | head -1`) is no failure and
 * cuts no clean-up short, a result that cannot be written ends as an error, and an error that nobody caught ends as
 * exit 70 with the words of a bug. `current` is the run as far as it is known at that moment.
 */
export function guardProcess(current: () => FailedRun): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    const failed = current();
    const text = { ...failed, globals: { ...failed.globals, json: false } };
    process.stderr.write(shown(failureOutput(unwritable(error), text, PLAIN_PAPER)));
    process.exit(EXIT.usage);
  });
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    // What is under way goes on: a full disk below a log is no reason to leave a host half-changed.
    if (error.code !== 'EPIPE') process.exitCode ||= EXIT.usage;
  });
  const onBug = (thrown: unknown): never => {
    const failed = current();
    const output = failureOutput(asKpluginError(thrown, null), failed, PLAIN_PAPER);
    // Nothing may run on, so nothing is waited for.
    try {
      if (failed.globals.json) writeSync(1, process.stdout.isTTY ? visibleJson(output) : output);
      else writeSync(2, shown(output));
    } catch {
      // Nobody can read it: the exit code says the same.
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
    hint: 'look at where it is redirected to: a full disk, for example',
    cause,
  });
}
