/** A line of .gitignore's form that names this very path and nothing else, without what lets it in or out. */
export function ignorePattern(path: string): string {
  return path.replace(/[*?[\]\\]| $/g, '\\$&');
}
