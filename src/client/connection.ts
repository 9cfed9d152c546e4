import type { Credentials } from './auth/credentials.ts';
import type { HostAddress } from './http/address.ts';
import type { HostProxy } from './http/proxy.ts';
import type { TlsFiles } from './http/tls.ts';

/** The settings for requests to one host. */
export interface HostConnection {
  /** The name given in `kplugin host add`; null for an address given on the command line. */
  readonly name: string | null;
  /** Its label is the host's name where there is one, so that suggested commands find the same host. */
  readonly address: HostAddress;
  /** The host's name in output; the same as `address.label`. */
  readonly label: string;
  readonly credentials: Credentials;
  readonly tls: TlsFiles;
  /** Null for a direct connection. */
  readonly proxy: HostProxy | null;
}
