/** What a table itself has under a key that somebody else chose: every object answers to `constructor` as well. */
export function ownValue<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
