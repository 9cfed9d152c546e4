import type { Target } from '../../../model/target.ts';
import type { Timeouts } from '../contract.ts';
import type { OnData } from '../events.ts';

/** What every open symbol of a host has in common. */
export interface SymbolEnvironment {
  readonly target: Target;
  readonly socketFolder: string;
  readonly timeouts: Timeouts;
  /** Null when nobody looks at what flows: then nothing is made of it. */
  readonly onData: OnData | null;
  readonly note: (plugin: string, text: string) => void;
  /** Milliseconds, for durations. */
  readonly now: () => number;
}
