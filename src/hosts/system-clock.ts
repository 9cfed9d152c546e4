import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../client/clock.ts';

/** The system clock; the signal aborts its pauses. */
export function systemClock(signal: AbortSignal): Clock {
  return {
    now: () => performance.now(),
    pause: (ms) => sleep(ms, undefined, { signal }),
  };
}
