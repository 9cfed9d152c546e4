import type { HostConnection } from '../client/connection.ts';

export interface Distinct {
  readonly hosts: readonly HostConnection[];
  /** Named again under another name or address: what was dropped, and what it is the same as. */
  readonly twins: readonly { readonly label: string; readonly same: string }[];
}

/**
 * Each host once, in the order in which they were named, whether by name, by address or as part of a group. Two names
 * of one machine in the network's eyes (`localhost`, `127.0.0.1`) count as two.
 */
export function distinctHosts(named: readonly HostConnection[]): Distinct {
  const byPlace = new Map<string, HostConnection>();
  const twins: { label: string; same: string }[] = [];
  for (const host of named) {
    const place = `${host.address.origin}${host.address.basePath}`;
    const first = byPlace.get(place);
    if (first === undefined) byPlace.set(place, host);
    else if (first.label !== host.label) twins.push({ label: host.label, same: first.label });
  }
  return { hosts: [...byPlace.values()], twins };
}
