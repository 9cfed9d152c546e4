/** Folders that belong to a plugin and are never its wrapping. */
const OWN = new Set(['sources', 'sinks', 'functions']);

/**
 * The folders that wrap a plugin in a wrong zip (`pysam/` of `pysam/pysam.json`), '' when there are none:
 * peeled off one by one while everything lies in one folder and no JSON file lies beside it.
 */
export function wrappingOf(paths: readonly string[]): string {
  const [first = ''] = paths;
  let prefix = '';
  for (const name of first.split('/').slice(0, -1)) {
    const next = `${prefix}${name}/`;
    if (OWN.has(name) || !paths.every((path) => path.startsWith(next))) break;
    prefix = next;
  }
  return prefix;
}
