import { shellWord } from '../../model/shell-word.ts';
import type { HostAddress } from './address.ts';
import type { FailureKind } from './host-failure.ts';

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
