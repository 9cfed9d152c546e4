import type { Clock } from './clock.ts';
import { HostFailure } from './http/host-failure.ts';
import { wholeTimeout } from './http/upload.ts';
import { type HostAnswer, type HostRequest, mayRepeat, type Transport } from './transport.ts';

/** A request that will be sent again. */
export interface Retry {
  /** The reason: the network error or the host's status. */
  readonly message: string;
  /** From 1 to `of`. */
  readonly number: number;
  readonly of: number;
  /** Milliseconds until it is sent. */
  readonly pause: number;
  /** Milliseconds since it was first sent, the pause included. */
  readonly waited: number;
}

export interface RetryOptions {
  /** Maximum number of retries; 0 for none. */
  readonly retries: number;
  readonly clock: Clock;
  /** Random number from 0 to 1 that spreads the pauses: 200 clients must not retry at the same moment. */
  readonly random: () => number;
  readonly onRetry: (retry: Retry) => void;
}

/** Milliseconds. */
const FIRST_PAUSE = 500;

/** Maximum share of a pause that is added or subtracted. */
const SPREAD = 0.2;

/**
 * Retries reads and uploads after temporary failures; an upload is repeated as a whole. Requests that change plugins or
 * rules are never repeated: settle.ts asks the host whether they were carried out. Neither is
 * repeated after its whole timeout, which for a read is the limit for all attempts together.
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
    const late = waited >= wholeTimeout(request);
    if (tried.passing === null || number > retries || late) return tried.result();
    onRetry({ message: tried.passing, number, of: retries, pause, waited });
    await clock.pause(pause);
  }
}

/** A read gets the rest of its timeout; an upload begins anew. */
function within(request: HostRequest, spent: number): HostRequest {
  return request.body === undefined ? { ...request, timeout: request.timeout - spent } : request;
}

interface Attempt {
  /** Returns the response or throws. */
  readonly result: () => HostAnswer;
  /** Why a retry may succeed; null after success and for permanent failures. */
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

/** Statuses of a proxy while the host behind it starts. */
const BUSY: ReadonlySet<number> = new Set([502, 503, 504]);

/** Error codes of temporary network failures; name resolution, certificates and permissions are permanent. */
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
