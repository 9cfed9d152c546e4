import { pluginNameProblem } from '../name-check.ts';

/** Derives a plugin name from a folder's name: other characters become "-"; null when no usable character is left. */
export function nameFromFolder(folderName: string): string | null {
  const name = folderName.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '');
  return pluginNameProblem(name) === null ? name : null;
}
