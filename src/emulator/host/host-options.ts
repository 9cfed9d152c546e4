import type { Timeouts } from '../runtime/contract.ts';
import type { OnData } from '../runtime/events.ts';
import type { Environment } from '../runtime/run/environment.ts';

export interface HostOptions extends Omit<Environment, 'signal'> {
  /** The directory of all files that the host writes, except for the sockets. */
  readonly root: string;
  /** Overrides of eKuiper's timeouts; `initMs` takes precedence over `initTimeoutMs`. */
  readonly timeouts?: Partial<Timeouts>;
  /** Called with every row, call and acknowledgement; costs nothing when absent. */
  readonly onData?: OnData;
}

/** eKuiper's timeouts with the overrides; the timeout of a command is shorter than eKuiper's hour. */
export function timeoutsOf({ initTimeoutMs, timeouts }: HostOptions): Timeouts {
  const usual = { initMs: initTimeoutMs, commandMs: 10_000, sendMs: 1_000, receiveMs: 5_000 };
  return { ...usual, ...timeouts };
}
