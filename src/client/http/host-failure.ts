import { EXIT, KpluginError, type KpluginErrorDetails } from '../../model/error.ts';
import type { ErrorCode } from '../../model/error-catalogue.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { HostAddress } from './address.ts';

/**
 * The kinds of a failed request. `unreachable`: nothing was sent. `dropped` (connection lost) and `timeout`: the host
 * may have carried it out all the same. `refused`: eKuiper answered with an error. `wrong-service`: the server is not
 * eKuiper. `missing`: this eKuiper has no such endpoint.
 */
export type FailureKind =
  | 'unreachable'
  | 'dropped'
  | 'timeout'
  | 'refused'
  | 'wrong-service'
  | 'missing';

interface HostFailureDetails extends Omit<KpluginErrorDetails, 'exit' | 'code'> {
  readonly kind: FailureKind;
  /** Default: `host-<kind>`. */
  readonly code?: ErrorCode;
  /** HTTP status of the response; null without a response. */
  readonly status?: number | null;
  /** The host's error message, escape sequences removed; null without one. */
  readonly words?: string | null;
}

/** A request that failed in the network or on the host: exit 3, with the host's error message where there is one. */
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

/** What a network error means and how to fix it. */
export interface FailureRow {
  /** Error codes of Node, OpenSSL and undici. */
  readonly codes: readonly string[];
  readonly kind: FailureKind;
  readonly message: (host: HostAddress) => string;
  /** A function where it depends on the error. */
  readonly reason?: string | ((thrown: unknown) => string);
  readonly hint: (host: HostAddress) => string;
}

export const checkPort = (host: HostAddress): string =>
  `is eKuiper running there, and is its REST port ${host.port}? try: curl ${shellWord(`${host.origin}${host.basePath}/`)}`;

/** The command that shows the host's TLS handshake. */
export const checkTls = (host: HostAddress): string =>
  `openssl s_client -connect ${new URL(host.origin).hostname}:${host.port}`;
