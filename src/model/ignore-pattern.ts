/** Returns a .gitignore pattern that matches exactly this path; without the `!` or `/` that may precede it. */
export function ignorePattern(path: string): string {
  return path.replace(/[*?[\]\\]|^[!#]| $/g, '\\$&');
}

/** The path that a pattern matches if it has no wildcard, else null; `pattern` is without `!` and leading `/`. */
export function patternPath(pattern: string): string | null {
  if (/[*?[]/.test(pattern.replace(/\\./g, ''))) return null;
  return pattern.replace(/\\(.)/g, '$1');
}
