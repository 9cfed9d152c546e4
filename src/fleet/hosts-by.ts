/** Labels of hosts, grouped by a common property. */
export type HostsBy = ReadonlyMap<string, readonly string[]>;

/** Groups hosts by their keys; keys and labels keep the order of the input. */
export function groupHosts(
  hosts: readonly { readonly label: string; readonly keys: readonly string[] }[],
): HostsBy {
  const found = new Map<string, string[]>();
  for (const { label, keys } of hosts) {
    for (const key of new Set(keys)) found.set(key, [...(found.get(key) ?? []), label]);
  }
  return found;
}
