import type { Clock } from './clock.ts';
import { HostFailure } from './http/host-failure.ts';
import { mayRepeat } from './http/may-repeat.ts';
import type { HostAnswer, HostRequest, Transport } from './transport.ts';

/** A request that is going to be sent again. */
export interface Retry {
  /** Why: what the network or the host did. */
  readonly message: string;
  /** From 1 to `of`. */
  readonly number: number;
  readonly of: number;
  /** Milliseconds until it is sent. */
  readonly pause: number;
  /** Milliseconds since it was sent for the first time, the pause included. */
  readonly waited: number;
}

export interface RetryOptions {
  /** How often a request is sent again at most; 0 for never. */
  readonly retries: number;
  readonly clock: Clock;
  /** From 0 to 1, for the spread of pauses: 200 clients must not come back at the same moment. */
  readonly random: () => number;
  readonly onRetry: (retry: Retry) => void;
}

const FIRST_PAUSE = 500;
/** Of a pause, at most so much is added or taken away. */
const SPREAD = 0.2;

/**
 * Sends reads and uploads again where the failure may pass; an upload as a whole. Never what changes plugins or rules:
 * whether such a request was carried out is found by asking (settle.ts). A read is not sent again once its `timeout` is
 * over, so that its limit holds for all attempts together.
 */
export function retryingTransport(transport: Transport, options: RetryOptions): Transport {
  return {
    send: (request) =>
      mayRepeat(request) ? patiently(transport, request, options) : transport.send(request),
    close: () => transport.close(),
  };
}

async function patiently(
  transport: Transport,
  request: HostRequest,
  { retries, clock, random, onRetry }: RetryOptions,
): Promise<HostAnswer> {
  const started = clock.now();
  for (let number = 1; ; number += 1) {
    const tried = await attempt(transport, within(request, clock.now() - started));
    const pause = FIRST_PAUSE * 2 ** (number - 1) * (1 + SPREAD * (2 * random() - 1));
    const waited = clock.now() - started + pause;
    const late = request.body === undefined && waited >= request.timeout;
    if (tried.passing === null || number > retries || late) return tried.result();
    onRetry({ message: tried.passing, number, of: retries, pause, waited });
    await clock.pause(pause);
  }
}

/** A read gets what is left of its time; a streamed body has a limit for each step, none for the whole. */
function within(request: HostRequest, spent: number): HostRequest {
  return request.body === undefined ? { ...request, timeout: request.timeout - spent } : request;
}

interface Attempt {
  /** The answer, or throws. */
  readonly result: () => HostAnswer;
  /** Why it may go better the next time; null when it went well or never will. */
  readonly passing: string | null;
}

async function attempt(transport: Transport, request: HostRequest): Promise<Attempt> {
  try {
    const answer = await transport.send(request);
    return {
      result: () => answer,
      passing: BUSY.has(answer.status) ? `it answered with status ${answer.status}` : null,
    };
  } catch (thrown) {
    const result = (): never => {
      throw thrown;
    };
    return { result, passing: thrown instanceof HostFailure ? passing(thrown) : null };
  }
}

/** What a proxy in front of a host says while the host starts. */
const BUSY: ReadonlySet<number> = new Set([502, 503, 504]);

/** Node's and undici's words for a network that may come back; names, certificates and permissions stay as they are. */
const MAY_COME_BACK: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENETDOWN',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function passing(failure: HostFailure): string | null {
  if (failure.unsettled) return failure.message;
  const came = failure.kind === 'unreachable' && codes(failure).some((x) => MAY_COME_BACK.has(x));
  return came ? failure.message : null;
}

function codes(failure: HostFailure): string[] {
  const found: string[] = [];
  for (let error: unknown = failure.cause; error instanceof Error; error = error.cause) {
    if ('code' in error && typeof error.code === 'string') found.push(error.code);
  }
  return found;
}
