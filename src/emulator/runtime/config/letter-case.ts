export type YamlMap = Readonly<Record<string, unknown>>;

/** Whether it is a map whose keys are texts. */
export function isYamlMap(value: unknown): value is YamlMap {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Map)
  );
}

/** Every key in lower case, at every level but inside lists (load.go normalize). */
export function lowered(map: YamlMap): YamlMap {
  const members = Object.entries(map).map(
    ([key, value]) => [key.toLowerCase(), isYamlMap(value) ? lowered(value) : value] as const,
  );
  return Object.fromEntries(members);
}

/** Keys that are one of the names but for their letter case get the name, at every level (load.go applyKeys). */
export function restored(map: YamlMap, names: readonly string[]): YamlMap {
  const byFold = new Map(names.map((name) => [name.toLowerCase(), name]));
  const restore = (one: YamlMap): YamlMap =>
    Object.fromEntries(
      Object.entries(one).map(([key, value]) => [
        byFold.get(key.toLowerCase()) ?? key,
        isYamlMap(value) ? restore(value) : value,
      ]),
    );
  return restore(map);
}
