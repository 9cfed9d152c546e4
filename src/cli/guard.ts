import { writeSync } from 'node:fs';
import { EXIT, KpluginError } from '../model/error.ts';
import { visibleJson } from '../model/printable.ts';
import { asKpluginError } from './failure.ts';
import { type FailedRun, failureOutput } from './failure-output.ts';
import { shown } from './output/shown.ts';
import { PLAIN } from './output/style.ts';

/**
 * What must hold whatever a command does: a reader that goes away (`kplugin list | head -1`) is no failure and
 * cuts no clean-up short, and an error that nobody caught ends as exit 70 with the words of a bug.
 */
export function guardProcess(failed: FailedRun): void {
  const text = { ...failed.globals, json: false };
  const onStreamError = (error: NodeJS.ErrnoException): void => {
    if (error.code === 'EPIPE') return;
    process.stderr.write(
      shown(failureOutput(unwritable(error), { ...failed, globals: text }, PLAIN)),
    );
    process.exit(EXIT.usage);
  };
  process.stdout.on('error', onStreamError);
  process.stderr.on('error', onStreamError);
  const onBug = (thrown: unknown): never => {
    const output = failureOutput(asKpluginError(thrown, null), failed, PLAIN);
    // Nothing may run on, so nothing is waited for.
    if (failed.globals.json) writeSync(1, process.stdout.isTTY ? visibleJson(output) : output);
    else writeSync(2, shown(output));
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
