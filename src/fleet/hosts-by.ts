/** Hosts by something they have in common; the labels in the order in which they were named. */
export type HostsBy = ReadonlyMap<string, readonly string[]>;

/** The labels of those that have a key, by key; keys and labels in the order in which they are met. */
export function groupHosts(
  hosts: readonly { readonly label: string; readonly keys: readonly string[] }[],
): HostsBy {
  const found = new Map<string, string[]>();
  for (const { label, keys } of hosts) {
    for (const key of new Set(keys)) found.set(key, [...(found.get(key) ?? []), label]);
  }
  return found;
}
