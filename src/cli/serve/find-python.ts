import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** Where a project keeps an environment of its own, as Python's own documentation names it. */
const PROJECT_PYTHONS = ['.venv/bin/python', 'venv/bin/python'];

/**
 * The Python for plugins when `--python` names none, as an absolute path: the one of `project` (`.venv` or `venv` in
 * that folder), else the first `python3`, else `python`, on the PATH; null when there is none.
 */
export async function findPython(
  path: string,
  project: string | null = null,
): Promise<string | null> {
  const own = project === null ? [] : PROJECT_PYTHONS.map((python) => join(project, python));
  const folders = path.split(delimiter).filter((folder) => folder !== '');
  const common = ['python3', 'python'].flatMap((name) =>
    folders.map((folder) => join(folder, name)),
  );
  for (const candidate of [...own, ...common]) {
    if (await isExecutable(candidate)) return candidate;
  }
  return null;
}

/** Whether this user may run the file. */
export function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
