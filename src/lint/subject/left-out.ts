import type { LeftOut } from '../../model/view.ts';
import type { Subject } from './subject.ts';

/**
 * Why a file or folder of the project is not in its package: an ignore rule for it, or for a folder above it. Null when
 * it is packed, when the project does not have it, and for a zip.
 */
export async function leftOutAt({ view }: Subject, path: string): Promise<LeftOut | null> {
  const own = view.leftOut.get(path) ?? view.leftOut.get(`${path}/`);
  if (own) return own;
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
    const folder = view.leftOut.get(path.slice(0, slash + 1));
    if (folder) return (await view.readProject(path, 1)) === null ? null : folder;
  }
  return null;
}
