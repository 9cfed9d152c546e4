/** A line of .gitignore's form that names this very path and nothing else, without what lets it in or out. */
export function ignorePattern(path: string): string {
  return path.replace(/[*?[\]\\]|^[!#]| $/g, '\\$&');
}

/** The path that a pattern names when it has no wildcard, else null; without what lets it in or out. */
export function patternPath(pattern: string): string | null {
  if (/[*?[]/.test(pattern.replace(/\\./g, ''))) return null;
  return pattern.replace(/\\(.)/g, '$1');
}
