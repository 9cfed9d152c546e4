import { durationFlag } from '../cli/duration-flag.ts';
import { retriesOf } from './telling-retries.ts';

/** How hosts are asked. */
export interface Reach {
  /** Milliseconds of `--timeout`; null without it. */
  readonly timeout: number | null;
  readonly retries: number;
  /** What is being installed, as commands name it. */
  readonly source?: string;
  /** The command itself shows a version that is not known. */
  readonly reportsVersion?: true;
}

/** The {@link Reach} that flags ask for; throws exit 2 for what is no duration and no number. */
export function reachOf(flags: {
  readonly timeout: string | undefined;
  readonly retries: string;
}): Reach {
  return { timeout: timeoutOf(flags.timeout), retries: retriesOf(flags.retries) };
}

/** Milliseconds of `--timeout`, null without it; throws exit 2 when it is no duration. */
export function timeoutOf(text: string | undefined): number | null {
  return text === undefined ? null : durationFlag(text, '--timeout');
}
