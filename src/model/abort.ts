import { KpluginError } from './error.ts';

/**
 * Whether this signal caused an error: the error is the signal's reason, or has it as its cause. Other errors after
 * Ctrl-C are failures of their own and are not reported as an interrupt.
 */
export function isAbort(thrown: unknown, { aborted, reason }: AbortSignal): boolean {
  if (!aborted) return false;
  for (let cause = thrown; cause instanceof Error; cause = cause.cause) {
    if (cause === reason) return true;
  }
  return false;
}

/**
 * Whether an error may be reported as an interrupt: the abort itself, or a known kind of failure while everything was
 * being stopped. A bug after Ctrl-C is still reported as a bug.
 */
export function isInterrupted(thrown: unknown, signal: AbortSignal): boolean {
  return signal.aborted && (thrown instanceof KpluginError || isAbort(thrown, signal));
}

/**
 * Resolves to the result of `work`; rejects with the signal's reason as soon as it is aborted. The work itself is not
 * stopped, so it must be read-only.
 */
export function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
