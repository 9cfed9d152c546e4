import type { Target } from '../../../model/target.ts';
import type { Timeouts } from '../contract.ts';
import type { OnData } from '../events.ts';

/** The settings that all open symbols of a host share. */
export interface SymbolEnvironment {
  readonly target: Target;
  readonly socketFolder: string;
  readonly timeouts: Timeouts;
  /** Null without a listener: then no data events are made. */
  readonly onData: OnData | null;
  readonly note: (plugin: string, text: string) => void;
  /** Milliseconds, for durations. */
  readonly now: () => number;
}
