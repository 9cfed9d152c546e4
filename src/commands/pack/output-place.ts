import { closeSync, openSync, readSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { EXIT, KpluginError } from '../../model/error.ts';
import { statsAt } from '../../package/files/regular-file.ts';

/** Where a package goes: to stdout, or to a file whose name may still depend on the plugin. */
export type OutputPlace =
  | { readonly to: 'stdout' }
  | { readonly to: 'directory'; readonly directory: string }
  | { readonly to: 'file'; readonly file: string };

/** On a pipe these names cannot be opened everywhere, and what is said there otherwise would follow the package. */
const STDOUT: ReadonlySet<string> = new Set(['-', '/dev/stdout', '/dev/fd/1', '/proc/self/fd/1']);

/** Reads `-o`: nothing means the current directory, `-` stdout, a directory or `…/` (which pack makes) a place inside it. Throws exit 2 for an empty name. */
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

/** As a script has it whose variable is not set: it would be the current directory, which nobody asked for. */
function namesNothing(): KpluginError {
  return new KpluginError({
    code: 'output-unwritable',
    exit: EXIT.usage,
    message: '-o is empty: it names no file and no directory',
    hint: 'name one, -o dist/ for example, or leave -o out',
  });
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

/**
 * Throws exit 2 where `-o` names a file of the project that is no zip: packing would replace it, and leave it out of the
 * package as the file that is written. An older package, or a file that is named as one, is replaced.
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

/** By how it begins: with an entry, or with the end of a zip without any. */
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
