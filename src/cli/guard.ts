import { EXIT } from '../model/error.ts';
import { asKpluginError, failureText } from './failure.ts';
import { PLAIN } from './terminal/style.ts';

/**
 * What must hold whatever a command does: a reader that goes away (`kplugin list | head -1`) is no failure,
 * and an error that nobody caught ends as exit 70 with the words of a bug, not as Node's own stack trace.
 */
export function guardProcess(verbose: boolean): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? EXIT.done : EXIT.bug);
  });
  const onBug = (thrown: unknown): never => {
    process.stderr.write(failureText(asKpluginError(thrown, false), PLAIN, verbose));
    process.exit(EXIT.bug);
  };
  process.on('uncaughtException', onBug);
  process.on('unhandledRejection', onBug);
}
