import type { Secret } from '../auth/secret.ts';

/** A proxy on the way to a host. */
export interface HostProxy {
  /** Scheme, host and port; never a user or password. */
  readonly label: string;
  /** The whole URL, which may hold a password. */
  readonly url: Secret;
  /** The environment variable that named it. */
  readonly variable: string;
}
