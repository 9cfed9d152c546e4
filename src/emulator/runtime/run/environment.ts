import type { Target } from '../../../model/target.ts';
import type { OnEvent } from '../events.ts';
import type { Machine } from './command.ts';

/** The settings that all plugins of a host share. */
export interface Environment {
  readonly target: Target;
  /** `/tmp` for real plugins: they connect nowhere else. */
  readonly socketFolder: string;
  /** `portable.initTimeout` of eKuiper, in milliseconds. */
  readonly initTimeoutMs: number;
  readonly python: string;
  readonly machine: Machine;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onEvent: OnEvent;
  /** Milliseconds, for durations. */
  readonly now: () => number;
  /** Aborted when the host closes: ends every wait. */
  readonly signal: AbortSignal;
}
