import { EXIT } from '../model/error.ts';

/** The interrupt of a command by a signal. */
export interface Interrupt {
  /** Aborted by the first SIGINT, SIGTERM or SIGHUP (the terminal was closed) after {@link listen}. */
  readonly signal: AbortSignal;
  /**
   * Installs the signal handlers and returns the signal; a second signal ends the process at once. Before this call the
   * default action of the system ends the process, even during a long synchronous computation.
   */
  listen(): AbortSignal;
}

/** The interrupt of this process; no handlers are installed yet. */
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
