import { durationFlag } from '../cli/duration-flag.ts';
import { retriesOf } from './logged-retries.ts';

/** Settings for requests to hosts. */
export interface Reach {
  /** Milliseconds of `--timeout`; null when it is not given. */
  readonly timeout: number | null;
  readonly retries: number;
  /** What is being installed, as shown in suggested commands. */
  readonly source?: string;
  /** Whether the command itself shows that eKuiper's version is unknown. */
  readonly reportsVersion?: true;
}

/** Parses the flags for requests; throws exit 2 for an invalid duration or number. */
export function reachOf(flags: {
  readonly timeout: string | undefined;
  readonly retries: string;
}): Reach {
  return { timeout: timeoutOf(flags.timeout), retries: retriesOf(flags.retries) };
}

/** Milliseconds of `--timeout`, null without it; throws exit 2 when it is not a duration. */
export function timeoutOf(text: string | undefined): number | null {
  return text === undefined ? null : durationFlag(text, '--timeout');
}
