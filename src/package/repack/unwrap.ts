/** Folders that belong to a plugin and are never its wrapping. */
const OWN = new Set(['sources', 'sinks', 'functions']);

/**
 * The folders that wrap a plugin in a wrong zip (`pysam/` of `pysam/pysam.json`), '' when there are none:
 * peeled off one by one while everything lies in one folder and no JSON file lies beside it.
 */
export function wrappingOf(paths: readonly string[]): string {
  const shared = sharedStart(paths);
  let prefix = '';
  for (let slash = shared.indexOf('/'); slash >= 0; slash = shared.indexOf('/', slash + 1)) {
    if (OWN.has(shared.slice(prefix.length, slash))) break;
    prefix = shared.slice(0, slash + 1);
  }
  return prefix;
}

/** The characters that all the texts begin with. */
function sharedStart([first = '', ...others]: readonly string[]): string {
  let length = first.length;
  for (const other of others) {
    let at = 0;
    while (at < length && other[at] === first[at]) at += 1;
    length = at;
  }
  return first.slice(0, length);
}
