import { NO_HEADERS } from '../../../src/client/auth/own-headers.ts';
import type { HostConnection } from '../../../src/client/host-client.ts';
import { parseAddress } from '../../../src/client/http/address.ts';
import { NO_TLS_FILES } from '../../../src/client/http/tls.ts';

/** A connection to a host of that address, without anything else. */
export function hostNamed(label: string): HostConnection {
  const address = parseAddress(label);
  return {
    name: null,
    address,
    label,
    credentials: { kind: 'none' },
    headers: NO_HEADERS,
    tls: NO_TLS_FILES,
    proxy: null,
  };
}
