import type { Around } from './around.ts';
import { CaseFailure } from './failure.ts';

export interface Interruptions {
  /** Rejects when the plugin ends by itself or the user has had enough. */
  readonly promise: Promise<never>;
  /** What to say about the plugin's end; null while it lives. */
  readonly crash: string | null;
  end(): void;
}

/** What ends a case or a check before its time. */
export function interruptions({ log, plugin, signal }: Around): Interruptions {
  let crash: string | null = null;
  let reject: (reason: Error) => void = () => undefined;
  const promise = new Promise<never>((_, no) => {
    reject = no;
  });
  // Whoever waits hears of it; nobody waiting is fine.
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
