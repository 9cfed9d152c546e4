import { isAbsolute, relative, sep } from 'node:path';

/**
 * The POSIX path of a file relative to a directory (both absolute): '' for the directory itself, null for a file
 * outside of it.
 */
export function insidePath(directory: string, file: string): string | null {
  const path = relative(directory, file);
  if (path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)) return null;
  return sep === '/' ? path : path.split(sep).join('/');
}
