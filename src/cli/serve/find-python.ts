import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** Where a project keeps an environment of its own, as Python's own documentation names it; programs by their names. */
const PYTHONS = {
  posix: { own: 'bin/python', common: ['python3', 'python'] },
  win32: { own: 'Scripts/python.exe', common: ['python3.exe', 'python.exe'] },
} as const;

/**
 * The Python for plugins when `--python` names none, as an absolute path: the one of `project` (`.venv` or `venv` in
 * that folder), else the first `python3`, else `python`, on the PATH; null when there is none.
 */
export async function findPython(
  path: string,
  project: string | null = null,
  platform: string = process.platform,
): Promise<string | null> {
  const pythons = PYTHONS[platform === 'win32' ? 'win32' : 'posix'];
  const own = project === null ? [] : ['.venv', 'venv'].map((it) => join(project, it, pythons.own));
  const folders = path.split(delimiter).filter((folder) => folder !== '');
  const common = pythons.common.flatMap((name) => folders.map((folder) => join(folder, name)));
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
