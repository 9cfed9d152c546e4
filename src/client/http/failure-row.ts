import { shellWord } from '../../model/shell-word.ts';
import type { HostAddress } from './address.ts';
import type { FailureKind } from './host-failure.ts';

/** What an error of the network means, and what to do about it. */
export interface FailureRow {
  /** Node's, OpenSSL's and undici's error codes. */
  readonly codes: readonly string[];
  readonly kind: FailureKind;
  readonly message: (host: HostAddress) => string;
  /** A function where the error itself knows more. */
  readonly reason?: string | ((thrown: unknown) => string);
  readonly hint: (host: HostAddress) => string;
}

export const checkPort = (host: HostAddress): string =>
  `is eKuiper running there, and is its REST port ${host.port}? try: curl ${shellWord(`${host.origin}${host.basePath}/`)}`;

/** Shows what a host says in the TLS handshake. */
export const checkTls = (host: HostAddress): string =>
  `openssl s_client -connect ${new URL(host.origin).hostname}:${host.port}`;
