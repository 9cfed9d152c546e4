import { expect, it } from 'vitest';
import type { HostConnection } from '../../../src/client/host-client.ts';
import { parseAddress } from '../../../src/client/http/address.ts';
import { distinctHosts } from '../../../src/fleet/at-hosts.ts';

/** A host as it was typed, or under a name. */
function host(text: string, name: string | null = null): HostConnection {
  const address = parseAddress(text);
  // Only names and addresses are looked at.
  return { name, address, label: name ?? address.label } as HostConnection;
}

it('a host that is named twice is one host, by its address and base path', () => {
  const { hosts, duplicates } = distinctHosts([
    host('10.0.0.1', 'hall'),
    host('edge2'),
    host('http://10.0.0.1:9081/'),
    host('edge2:9081'),
    host('https://proxy/a'),
    host('https://proxy/b'),
    host('EDGE2'),
  ]);
  expect(hosts.map(({ label }) => label)).toEqual([
    'hall',
    'edge2:9081',
    'https://proxy:443/a',
    'https://proxy:443/b',
  ]);
  expect(duplicates).toEqual([{ label: '10.0.0.1:9081', same: 'hall' }]);
});
