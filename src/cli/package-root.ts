import { existsSync } from 'node:fs';
import path from 'node:path';

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
