import { closeSync, openSync, readSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { EXIT, KpluginError } from '../../model/error.ts';
import { statsAt } from '../../package/files/regular-file.ts';

/** The output of pack: stdout, or a file whose name may depend on the plugin. */
export type OutputPlace =
  | { readonly to: 'stdout' }
  | { readonly to: 'directory'; readonly directory: string }
  | { readonly to: 'file'; readonly file: string };

/** If stdout is a pipe these paths cannot be opened on all systems; and other output must not follow the package. */
const STDOUT: ReadonlySet<string> = new Set(['-', '/dev/stdout', '/dev/fd/1', '/proc/self/fd/1']);

/**
 * Parses `-o`: left out means the current directory, `-` stdout, an existing directory or `…/` (created by pack) a file
 * in it. Throws exit 2 for an empty name.
 */
export function outputPlace(output: string | undefined, cwd: string): OutputPlace {
  if (output === '') throw namesNothing();
  if (output !== undefined && STDOUT.has(output)) return { to: 'stdout' };
  const place = path.resolve(cwd, output ?? '.');
  const named = output !== undefined && /[/\\]$/.test(output);
  if (named || statsAt(place)?.isDirectory()) {
    return { to: 'directory', directory: place };
  }
  return { to: 'file', file: place };
}

/**
 * The error for an empty `-o`, as a script passes it when a variable is not set: the path would be the current
 * directory.
 */
function namesNothing(): KpluginError {
  return new KpluginError({
    code: 'output-unwritable',
    exit: EXIT.usage,
    message: '-o is empty: it names no file and no directory',
    hint: 'name one, -o dist/ for example, or leave -o out',
  });
}

/** The path of the file, given the name of the package. */
export function fileAt(place: Exclude<OutputPlace, { to: 'stdout' }>, fileName: string): string {
  return place.to === 'file' ? place.file : path.join(place.directory, fileName);
}

/** A path for messages: relative if it is below the current directory. */
export function shownPath(file: string, cwd: string): string {
  const relative = path.relative(cwd, file);
  return relative.startsWith('..') || path.isAbsolute(relative) ? file : relative || '.';
}

/**
 * Throws exit 2 when `-o` names a file of the project that is not a zip: packing would overwrite it and exclude it from
 * the package. An older package, and a file with a name of a package, may be replaced.
 */
export function refuseProjectFile(place: OutputPlace, directory: string, cwd: string): void {
  if (place.to !== 'file' || /\.zip$/i.test(place.file)) return;
  if (!statsAt(place.file)?.isFile() || isZip(place.file)) return;
  const inside = path.relative(realpathSync(directory), realpathSync(place.file));
  if (inside.startsWith('..') || path.isAbsolute(inside)) return;
  throw new KpluginError({
    code: 'output-in-project',
    exit: EXIT.usage,
    message: `-o names a file of the project: ${shownPath(place.file, cwd)}`,
    reason: 'the package would replace it',
    hint: 'give the package a name of its own: -o <name>.zip, or leave -o out',
  });
}

/** Whether a file begins with a zip entry or with the end record of an empty zip. */
function isZip(file: string): boolean {
  const start = Buffer.alloc(4);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, start, 0, 4, 0);
  } finally {
    closeSync(handle);
  }
  return ['PK\x03\x04', 'PK\x05\x06'].includes(start.toString('latin1'));
}
