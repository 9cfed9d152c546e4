import { EXIT, KpluginError, type KpluginErrorDetails } from '../../model/error.ts';
import type { ErrorCode } from '../../model/error-catalogue.ts';

/**
 * How a request to a host can fail.
 * `unreachable`: nothing was sent. `dropped` and `timeout`: the host may have done it all the same.
 * `refused`: an answer of eKuiper that says no. `wrong-service`: what answers is not eKuiper. `missing`: this eKuiper has no such endpoint.
 */
export type FailureKind =
  | 'unreachable'
  | 'dropped'
  | 'timeout'
  | 'refused'
  | 'wrong-service'
  | 'missing';

export interface HostFailureDetails extends Omit<KpluginErrorDetails, 'exit' | 'code'> {
  readonly kind: FailureKind;
  /** Left out: `host-<kind>`. */
  readonly code?: ErrorCode;
  /** HTTP status of the answer; null when there was none. */
  readonly status?: number | null;
  /** The host's own words, harmless for a terminal; null when it said nothing. */
  readonly words?: string | null;
}

/** A failure on the way to a host or on it: exit 3, always with the host's own words where there are any. */
export class HostFailure extends KpluginError {
  readonly kind: FailureKind;
  readonly status: number | null;
  readonly words: string | null;

  constructor(details: HostFailureDetails) {
    const { kind, code, status, words, ...rest } = details;
    super({ ...rest, code: code ?? `host-${kind}`, exit: EXIT.host });
    this.name = 'HostFailure';
    this.kind = kind;
    this.status = status ?? null;
    this.words = words ?? null;
  }

  /** Whether the host may have carried out the request although it failed. */
  get unsettled(): boolean {
    return this.kind === 'dropped' || this.kind === 'timeout';
  }
}
