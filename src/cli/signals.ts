import { EXIT } from '../model/error.ts';

/** What ends a command early. */
export interface Interrupt {
  /** Aborted by the first SIGINT, SIGTERM or SIGHUP (the terminal was closed) that is listened to. */
  readonly signal: AbortSignal;
  /**
   * The signal, listened to from now on, so that work can be undone; a second one ends the process at once. Until
   * then there is nothing to undo, and the system's own answer ends the process also where it computes and hears nothing.
   */
  listen(): AbortSignal;
}

/** The interrupt of this process; nothing is listened to yet. */
export function processInterrupt(): Interrupt {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    controller.abort();
  };
  let listens = false;
  return {
    signal: controller.signal,
    listen() {
      if (!listens) for (const name of SIGNALS) process.on(name, onSignal);
      listens = true;
      return controller.signal;
    },
  };
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
