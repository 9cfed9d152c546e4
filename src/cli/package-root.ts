import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder that holds `schemas/` and `templates/`, found upwards from this very file: works from src, dist and an installed package. */
export function packageRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, 'schemas')) || !existsSync(path.join(folder, 'templates'))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error('the folders schemas and templates are missing');
    folder = parent;
  }
  return folder;
}
