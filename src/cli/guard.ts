import { EXIT, KpluginError } from '../model/error.ts';
import { asKpluginError, failureText } from './failure.ts';
import { PLAIN } from './terminal/style.ts';

/**
 * What must hold whatever a command does: a reader that goes away (`kplugin list | head -1`) is no failure and
 * cuts no clean-up short, and an error that nobody caught ends as exit 70 with the words of a bug.
 */
export function guardProcess(verbose: boolean): void {
  const onStreamError = (error: NodeJS.ErrnoException): void => {
    if (error.code === 'EPIPE') return;
    process.stderr.write(failureText(unwritable(error), PLAIN, verbose));
    process.exit(EXIT.usage);
  };
  process.stdout.on('error', onStreamError);
  process.stderr.on('error', onStreamError);
  const onBug = (thrown: unknown): never => {
    process.stderr.write(failureText(asKpluginError(thrown, null), PLAIN, verbose));
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
