import type { Credentials } from './auth/credentials.ts';
import type { HostAddress } from './http/address.ts';
import type { HostProxy } from './http/proxy.ts';
import type { TlsFiles } from './http/tls.ts';

/** All that is needed to talk to one host. */
export interface HostConnection {
  /** The name it was added under (`kplugin host add`); null for an address that was typed. */
  readonly name: string | null;
  /** Its label is the name where there is one, so that suggested commands find the same host. */
  readonly address: HostAddress;
  /** How output names it; the same as `address.label`. */
  readonly label: string;
  readonly credentials: Credentials;
  readonly tls: TlsFiles;
  /** Null for a direct way. */
  readonly proxy: HostProxy | null;
}
