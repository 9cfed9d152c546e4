import { pluginNameProblem } from '../name-check.ts';

/** A plugin name made of a folder's: other characters become "-"; null when nothing usable is left. */
export function nameFromFolder(folderName: string): string | null {
  const name = folderName.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '');
  return pluginNameProblem(name) === null ? name : null;
}
