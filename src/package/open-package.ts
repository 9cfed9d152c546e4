import { EXIT, KpluginError } from '../model/error.ts';
import { openZipView, type ZipView } from './zip-view.ts';

/**
 * Opens a package, from a file or from memory. Throws when the file cannot be read; a wrong zip has problems instead.
 * Files from `inMemoryBelow` bytes on are read piece by piece instead of whole.
 */
export function openPackage(
  source: string | Buffer,
  label: string,
  inMemoryBelow?: number,
): Promise<ZipView> {
  return openZipView(source, label, inMemoryBelow).catch((cause: unknown) => {
    throw unreadable(label, cause);
  });
}

function unreadable(label: string, cause: unknown): KpluginError {
  return new KpluginError({
    code: 'plugin-unreadable',
    exit: EXIT.usage,
    message: `${label} cannot be read`,
    reason: cause instanceof Error ? cause.message : String(cause),
    hint: 'look at its permissions',
    cause,
  });
}
