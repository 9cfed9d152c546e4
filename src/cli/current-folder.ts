import { EXIT, KpluginError } from '../model/error.ts';

/** The folder in which kplugin was started. Throws exit 2 where it has been deleted meanwhile. */
export function currentFolder(): string {
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
