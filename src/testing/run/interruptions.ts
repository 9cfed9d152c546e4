import { CaseFailure } from './failure.ts';
import type { SuiteContext } from './suite-context.ts';

export interface Interruptions {
  /** Rejects when the plugin ends by itself or the user aborts. */
  readonly promise: Promise<never>;
  /** How the plugin ended, for messages; null while it runs. */
  readonly crash: string | null;
  end(): void;
}

/** Watches for events that end a case or a check early. */
export function interruptions({ log, plugin, signal }: SuiteContext): Interruptions {
  let crash: string | null = null;
  let reject: (reason: Error) => void = () => undefined;
  const promise = new Promise<never>((_, no) => {
    reject = no;
  });
  // Callers that wait receive the rejection; without one it must not be unhandled.
  promise.catch(() => undefined);
  const onAbort = (): void => reject(new CaseFailure('interrupted'));
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  const forget = log.onCrash((name, { how }) => {
    if (name !== plugin) return;
    crash = `the plugin ended by itself: ${how}`;
    reject(new CaseFailure(crash));
  });
  return {
    promise,
    get crash() {
      return crash;
    },
    end() {
      signal.removeEventListener('abort', onAbort);
      forget();
    },
  };
}
