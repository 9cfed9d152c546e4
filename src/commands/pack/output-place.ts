import path from 'node:path';
import { statsAt } from '../../package/regular-file.ts';

/** Where a package goes: to stdout, or to a file whose name may still depend on the plugin. */
export type OutputPlace =
  | { readonly to: 'stdout' }
  | { readonly to: 'directory'; readonly directory: string }
  | { readonly to: 'file'; readonly file: string };

/** On a pipe these names cannot be opened everywhere, and what is said there otherwise would follow the package. */
const STDOUT: ReadonlySet<string> = new Set(['-', '/dev/stdout', '/dev/fd/1', '/proc/self/fd/1']);

/** Reads `-o`: nothing means the current directory, `-` stdout, a directory or `…/` (which pack makes) a place inside it. */
export function outputPlace(output: string | undefined, cwd: string): OutputPlace {
  if (output !== undefined && STDOUT.has(output)) return { to: 'stdout' };
  const place = path.resolve(cwd, output ?? '.');
  const named = output !== undefined && /[/\\]$/.test(output);
  if (named || statsAt(place)?.isDirectory()) {
    return { to: 'directory', directory: place };
  }
  return { to: 'file', file: place };
}

/** The file of a place, once the package's own name is known. */
export function fileAt(place: Exclude<OutputPlace, { to: 'stdout' }>, fileName: string): string {
  return place.to === 'file' ? place.file : path.join(place.directory, fileName);
}

/** A file as people would type it: relative where it lies below the current directory. */
export function shownPath(file: string, cwd: string): string {
  const relative = path.relative(cwd, file);
  return relative.startsWith('..') || path.isAbsolute(relative) ? file : relative || '.';
}
