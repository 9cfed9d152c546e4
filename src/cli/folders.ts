import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EXIT, KpluginError } from '../model/error.ts';
import { removeTree } from '../package/files/folders.ts';

/**
 * Calls `work` with a new temporary directory, then removes it with its contents. `prefix` begins its name; work must
 * be interrupted through `signal`, so that the directory is removed too. Throws a KpluginError when it cannot be
 * created.
 */
export async function inTemporaryFolder<T>(
  prefix: string,
  signal: AbortSignal,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const place = tmpdir();
  const folder = await mkdtemp(path.join(place, prefix)).catch((cause: unknown) => {
    throw notWritable(place, cause);
  });
  try {
    return await work(folder);
  } finally {
    await removeTree(folder);
  }
}

function notWritable(place: string, cause: unknown): KpluginError {
  return new KpluginError({
    code: 'no-temporary-folder',
    exit: EXIT.usage,
    message: `no temporary folder can be made in ${place}`,
    reason: cause instanceof Error ? cause.message : String(cause),
    hint: `make ${place} writable (in a container: a tmpfs at ${place}), or name another place with TMPDIR`,
    cause,
  });
}

/**
 * The directory that holds `schemas/` and `templates/`, searched upwards from this file: works in src, dist and an
 * installed package.
 */
export function packageRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, 'schemas')) || !existsSync(path.join(folder, 'templates'))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error('the folders schemas and templates are missing');
    folder = parent;
  }
  return folder;
}

/**
 * The current directory. Throws exit 2 when it has been deleted, and when its path is not UTF-8: Node replaces the
 * invalid bytes by U+FFFD, which makes it the path of another directory.
 */
export function currentFolder(): string {
  const folder = startFolder();
  if (folder.includes('\u{fffd}') && !existsSync(folder)) throw notUtf8(folder);
  return folder;
}

function startFolder(): string {
  try {
    return process.cwd();
  } catch (cause) {
    throw new KpluginError({
      code: 'current-folder-missing',
      exit: EXIT.usage,
      message: 'the current folder does not exist any more',
      reason: 'it was deleted or moved after this shell went there',
      hint: 'go to a folder that exists: cd ~',
      cause,
    });
  }
}

function notUtf8(folder: string): KpluginError {
  return new KpluginError({
    code: 'current-folder-not-utf8',
    exit: EXIT.usage,
    message: `the path of the current folder is not UTF-8: ${folder}`,
    reason: 'kplugin runs on Node, which cannot open such a path',
    hint: 'rename the folder whose name shows the sign \u{fffd}, or work in a folder with another path',
  });
}
