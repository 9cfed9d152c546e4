/** What Linux takes as a path and as one name in it, in bytes (PATH_MAX without its final zero, NAME_MAX). */
export const MOST_IN_PATH = 4095;
export const MOST_IN_NAME = 255;

/**
 * Exactly what Node's `posix.normalize` gives, for paths of strangers: that one takes a time that grows with the square
 * of the path, 20 seconds for 150 kB of `../`, and this one a time that grows with its length.
 */
export function cleanPath(path: string): string {
  const isAbsolute = path.startsWith('/');
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '' || name === '.') continue;
    const goesUp = name === '..';
    if (goesUp && names.length > 0 && names.at(-1) !== '..') names.pop();
    else if (!goesUp || !isAbsolute) names.push(name);
  }
  const end = path.endsWith('/') ? '/' : '';
  if (names.length === 0) return isAbsolute ? '/' : `.${end}`;
  return `${isAbsolute ? '/' : ''}${names.join('/')}${end}`;
}

/** Whether no file of Linux can have this path: the whole of it or one name in it is too long. */
export function isTooLongPath(path: string): boolean {
  if (path.length * 3 <= MOST_IN_NAME) return false;
  if (path.length > MOST_IN_PATH || Buffer.byteLength(path) > MOST_IN_PATH) return true;
  return path.split('/').some((name) => Buffer.byteLength(name) > MOST_IN_NAME);
}
