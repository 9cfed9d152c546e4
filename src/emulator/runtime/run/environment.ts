import type { Target } from '../../../model/target.ts';
import type { OnEvent } from '../events.ts';
import type { Machine } from './command.ts';

/** What every plugin of a host has in common. */
export interface Environment {
  readonly target: Target;
  /** `/tmp` for real plugins: they know no other place. */
  readonly socketFolder: string;
  /** `portable.initTimeout` of eKuiper, in milliseconds. */
  readonly initTimeoutMs: number;
  readonly python: string;
  readonly machine: Machine;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onEvent: OnEvent;
  /** Milliseconds, for durations. */
  readonly now: () => number;
  /** The host closes: whatever is being waited for ends. */
  readonly signal: AbortSignal;
}
