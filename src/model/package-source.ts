/** Whether a plugin to install was named by a URL; everything else is a path. */
export function isUrl(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

/** How messages name it: a URL without user, password and query, which may be secrets. */
export function sourceLabel(source: string): string {
  if (!isUrl(source)) return source;
  const bare = source.replace(/[?#].*/s, '');
  // Where nobody can tell how far a password goes, it goes to the last "@".
  const user = URL.canParse(source) ? /^(https?:\/\/)[^/]*@/i : /^(https?:\/\/).*@/i;
  return bare.replace(user, '$1');
}

/** How commands name it: what cannot be typed again as it was is left to the reader. */
export function sourceArgument(source: string): string {
  if (isUrl(source)) return '<zip>';
  const path = source.startsWith('-') ? `./${source}` : source;
  return /^[\w@%+=:,./\\-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
