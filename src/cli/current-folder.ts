import { existsSync } from 'node:fs';
import { EXIT, KpluginError } from '../model/error.ts';

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
