import type { Timeouts } from '../runtime/contract.ts';
import type { OnData } from '../runtime/events.ts';
import type { Environment } from '../runtime/run/environment.ts';

export interface HostOptions extends Omit<Environment, 'signal'> {
  /** The folder that holds everything the host writes, but for the sockets. */
  readonly root: string;
  /** Those that are to differ from eKuiper's; `initMs` outranks `initTimeoutMs`. */
  readonly timeouts?: Partial<Timeouts>;
  /** Every row, call and acknowledgement; costs nothing when absent. */
  readonly onData?: OnData;
}

/** eKuiper's own, but for the answer to a command: an hour there. */
export function timeoutsOf({ initTimeoutMs, timeouts }: HostOptions): Timeouts {
  const usual = { initMs: initTimeoutMs, commandMs: 10_000, sendMs: 1_000, receiveMs: 5_000 };
  return { ...usual, ...timeouts };
}
