import { KpluginError } from './error.ts';

/**
 * Whether something was thrown because of this signal: it is the signal's reason, or that is its cause. What else fails
 * after a Ctrl-C is a failure of its own, and is not to be reported as an interrupt.
 */
export function isAbort(thrown: unknown, { aborted, reason }: AbortSignal): boolean {
  if (!aborted) return false;
  for (let cause = thrown; cause instanceof Error; cause = cause.cause) {
    if (cause === reason) return true;
  }
  return false;
}

/**
 * Whether a failure may be put down to the interrupt: the abort itself, or something that failed in a known way while
 * everything was being ended. A bug after a Ctrl-C is still a bug.
 */
export function isInterrupted(thrown: unknown, signal: AbortSignal): boolean {
  return signal.aborted && (thrown instanceof KpluginError || isAbort(thrown, signal));
}

/**
 * The work's result; rejects with the signal's reason as soon as it is aborted, and leaves the work alone then: for work
 * that only reads.
 */
export function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
