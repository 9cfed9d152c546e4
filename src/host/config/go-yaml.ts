/** YAML as Go's yaml.v3 gives it to eKuiper; a map with keys that are no text stays a Map. */
export type GoYaml = unknown;

/**
 * Reads the first document of a source's YAML. Null when eKuiper's parser would not read it either; nobody is told of
 * that there (config-files.md §6).
 */
export async function readGoYaml(text: string): Promise<GoYaml | null> {
  // The default export: bundled, a CommonJS package has no other.
  const library = (await import('yaml')).default;
  const documents = library.parseAllDocuments(text, { merge: true, customTags: ['timestamp'] });
  const [first] = Array.isArray(documents) ? documents : [];
  if (!first || first.errors.length > 0) return null;
  try {
    return plain(first.toJS({ mapAsMap: true, maxAliasCount: 1000 }));
  } catch {
    // An alias that names no anchor, or multiplies without end.
    return null;
  }
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Date) return value.toISOString().replace('.000Z', 'Z');
  if (!(value instanceof Map)) return value;
  const members = [...value].map(([key, one]) => [key, plain(one)] as const);
  const isText = members.every(([key]) => typeof key === 'string');
  return isText ? Object.fromEntries(members) : new Map(members);
}
