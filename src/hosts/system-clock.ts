import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../client/clock.ts';

/** The machine's clock; waiting ends with the interrupt. */
export function systemClock(signal: AbortSignal): Clock {
  return {
    now: () => performance.now(),
    pause: (ms) => sleep(ms, undefined, { signal }),
  };
}
