import { EXIT } from '../model/error.ts';

/** Aborts on the first SIGINT, SIGTERM or SIGHUP (the terminal was closed), so that work can be undone; the second ends the process at once. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  process.on('SIGHUP', onSignal);
  return controller.signal;
}
