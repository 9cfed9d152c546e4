/** Whether the source of a plugin to install is a URL; everything else is a path. */
export function isUrl(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

/** How messages name a source: a URL without user, password and query, which may be secrets. */
export function sourceLabel(source: string): string {
  if (!isUrl(source)) return source;
  const bare = source.replace(/[?#].*/s, '');
  // When the URL cannot be parsed, everything up to the last "@" may be the password.
  const user = URL.canParse(source) ? /^(https?:\/\/)[^/]*@/i : /^(https?:\/\/).*@/i;
  return bare.replace(user, '$1');
}

/** How suggested commands name a source: removed parts become a placeholder. */
export function sourceArgument(source: string): string {
  if (isUrl(source)) return '<zip>';
  const path = source.startsWith('-') ? `./${source}` : source;
  return /^[\w@%+=:,./\\-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
