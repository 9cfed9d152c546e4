import { stat } from 'node:fs/promises';
import { EXIT, KpluginError } from '../../model/error.ts';
import { type DirectoryView, openDirectoryView } from '../directory-view.ts';
import type { ZipView } from '../zip-view.ts';
import { openPackage } from './open-package.ts';

/**
 * Opens a plugin for reading: a directory as a project, anything else as a zip. Throws when the path does not exist.
 * `label` is the displayed name; by default the path.
 */
export async function openView(
  path: string,
  label: string = path,
): Promise<DirectoryView | ZipView> {
  const stats = await stat(path).catch((cause: unknown) => {
    throw notFound(label, cause);
  });
  if (!stats.isDirectory()) return openPackage(path, label);
  return { ...(await openDirectoryView(path)), label };
}

function notFound(label: string, cause: unknown): KpluginError {
  return new KpluginError({
    code: 'plugin-not-found',
    exit: EXIT.usage,
    message: `there is no plugin at ${label}`,
    reason: cause instanceof Error ? cause.message : String(cause),
    hint: 'give the directory of a project or the path of a package (.zip)',
    cause,
  });
}
