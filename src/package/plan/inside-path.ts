import { isAbsolute, relative, sep } from 'node:path';

/** The POSIX path of a file inside a directory (both absolute), '' for itself, or null when it lies outside. */
export function insidePath(directory: string, file: string): string | null {
  const path = relative(directory, file);
  if (path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)) return null;
  return sep === '/' ? path : path.split(sep).join('/');
}
