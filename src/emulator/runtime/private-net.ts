import { lookup } from 'node:dns/promises';
import { BlockList, isIPv6 } from 'node:net';

const INTERNAL = new BlockList();
for (const [network, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['0.0.0.0', 32],
] as const) {
  INTERNAL.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
  ['::', 128],
] as const) {
  INTERNAL.addSubnet(network, prefix, 'ipv6');
}

/**
 * The address behind a host name when eKuiper 2.4 calls it internal (loopback, private, link-local) and refuses
 * to download from it; null otherwise, also for a name that cannot be resolved.
 */
export async function privateAddressOf(hostname: string): Promise<string | null> {
  const bare = hostname.replace(/^\[|\]$/g, '');
  const found = await lookup(bare).catch(() => null);
  if (found === null) return null;
  return INTERNAL.check(found.address, isIPv6(found.address) ? 'ipv6' : 'ipv4')
    ? found.address
    : null;
}
