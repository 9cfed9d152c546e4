import type { Log } from '../cli/context.ts';
import { durationFlag } from '../cli/shared-flags.ts';
import { type Retry, type RetryOptions, retryingTransport } from '../client/retries.ts';
import type { Transport } from '../client/transport.ts';
import { durationText } from '../model/duration.ts';
import { EXIT, KpluginError } from '../model/error.ts';

/** Longer waits are printed even without `--verbose`. */
const SILENT_MS = 2000;

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

/**
 * Wraps a transport with retries. Prints each retry under `--verbose`, and always when it has waited two seconds or
 * more. `onRetry` is called before each retry.
 */
export function loggedRetries(
  transport: Transport,
  label: string,
  log: Log,
  options: Omit<RetryOptions, 'onRetry' | 'random'> & { readonly onRetry: () => void },
): Transport {
  return retryingTransport(transport, {
    ...options,
    random: Math.random,
    onRetry: (retry) => {
      options.onRetry();
      const say = retry.waited >= SILENT_MS ? log.info : log.debug;
      say(retryText(label, retry));
    },
  });
}

function retryText(label: string, { message, number, of, pause }: Retry): string {
  const said = message.includes(label) ? message : `${label}: ${message}`;
  return `${said}; trying again in ${durationText(pause)} (${number} of ${of})`;
}

/** Parses `--retries`; throws exit 2 when it is not a number. */
function retriesOf(text: string): number {
  if (/^\d{1,2}$/.test(text.trim())) return Number(text);
  throw new KpluginError({
    code: 'bad-number',
    exit: EXIT.usage,
    message: `"${text}" is not a number of retries`,
    hint: 'write --retries 5, or --retries 0 to stop at the first failure',
  });
}
