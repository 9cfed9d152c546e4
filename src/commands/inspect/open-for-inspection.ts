import { stat } from 'node:fs/promises';
import type { Context } from '../../cli/context.ts';
import type { DirectoryView } from '../../package/directory-view.ts';
import type { ZipView } from '../../package/zip-view.ts';
import { readStdin } from './read-stdin.ts';

/** Opens a path, or stdin for null; a readable package without loading what only projects need. */
export async function openForInspection(
  file: string | null,
  label: string,
  context: Pick<Context, 'signal'>,
): Promise<DirectoryView | ZipView> {
  if (file === null || (await stat(file).catch(() => null))?.isFile()) {
    const { openPackage } = await import('../../package/open-package.ts');
    return openPackage(file ?? (await readStdin(context.signal)), label);
  }
  const { openView } = await import('../../package/open-view.ts');
  return openView(file, label);
}
