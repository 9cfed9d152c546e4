/** Linux limits in bytes for a path and for one name in it (PATH_MAX without the final zero, NAME_MAX). */
export const MOST_IN_PATH = 4095;

export const MOST_IN_NAME = 255;

/** An empty, `.` or `..` segment, or a slash at the start. */
const UNCLEAN = /(?:^|\/)(?:\.{0,2}\/|\.{1,2}$)/;

const DOT = 46;
const SLASH = 47;

type Codes = Uint8Array | Uint16Array;

/**
 * Same result as Node's `posix.normalize`, in linear time, for untrusted paths: Node's takes quadratic time, 20
 * seconds for 150 kB of `../`. It moves the segments that stay to the front, as Go's `path.Clean` does, without
 * creating a string for each: a zip may contain tens of thousands of 4 kB names such as `a/./`.
 */
export function cleanPath(path: string): string {
  if (path !== '' && !UNCLEAN.test(path)) return path;
  const isAbsolute = path.charCodeAt(0) === SLASH;
  const codes = codesOf(path);
  const length = compact(codes, isAbsolute);
  const last = path.endsWith('/') ? '/' : '';
  if (length === 0) return isAbsolute ? '/' : `.${last}`;
  return `${isAbsolute ? '/' : ''}${textOf(codes.subarray(0, length))}${last}`;
}

/** Same result as Node's `posix.join`, in linear time. */
export function joinPath(...parts: readonly string[]): string {
  const path = parts.filter((part) => part !== '').join('/');
  return path === '' ? '.' : cleanPath(path);
}

/** Moves the segments that stay to the front, separated by slashes; returns the new length. */
function compact(codes: Codes, isAbsolute: boolean): number {
  let length = 0;
  // End of the leading `..` segments, which cannot be removed.
  let above = 0;
  for (let start = 0, end = 0; start < codes.length; start = end + 1) {
    for (end = start; end < codes.length && codes[end] !== SLASH; ) end += 1;
    const dots = dotsOf(codes, start, end);
    if (end === start || dots === 1) continue;
    if (dots === 2 && length > above) {
      do length -= 1;
      while (length > above && codes[length] !== SLASH);
    } else if (dots !== 2 || !isAbsolute) {
      if (length > 0) codes[length++] = SLASH;
      for (let at = start; at < end; at += 1) codes[length++] = codes[at] ?? 0;
      if (dots === 2) above = length;
    }
  }
  return length;
}

/** One byte per character when that is enough, so that the buffer is not larger than the path. */
function codesOf(path: string): Codes {
  if (!/[^\0-\xff]/.test(path)) return Buffer.from(path, 'latin1');
  return Uint16Array.from({ length: path.length }, (_, at) => path.charCodeAt(at));
}

function textOf(codes: Codes): string {
  const bytes = Buffer.from(codes.buffer, codes.byteOffset, codes.byteLength);
  return bytes.toString(codes instanceof Uint16Array ? 'utf16le' : 'latin1');
}

/** 1 for the name `.`, 2 for `..`, 0 for any other. */
function dotsOf(codes: Codes, start: number, end: number): number {
  const length = end - start;
  if (length < 1 || length > 2 || codes[start] !== DOT) return 0;
  return length === 1 || codes[start + 1] === DOT ? length : 0;
}

/** Whether a path cannot exist on Linux because the path or one segment is too long. */
export function isTooLongPath(path: string): boolean {
  if (path.length * 3 <= MOST_IN_NAME) return false;
  if (path.length > MOST_IN_PATH || Buffer.byteLength(path) > MOST_IN_PATH) return true;
  return path.split('/').some((name) => Buffer.byteLength(name) > MOST_IN_NAME);
}

/** Returns a .gitignore pattern that matches exactly this path; without the `!` or `/` that may precede it. */
export function ignorePattern(path: string): string {
  return path.replace(/[*?[\]\\]|^[!#]| $/g, '\\$&');
}

/** The path that a pattern matches if it has no wildcard, else null; `pattern` is without `!` and leading `/`. */
export function patternPath(pattern: string): string | null {
  if (/[*?[]/.test(pattern.replace(/\\./g, ''))) return null;
  return pattern.replace(/\\(.)/g, '$1');
}
