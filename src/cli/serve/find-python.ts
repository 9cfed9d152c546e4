import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** The first `python3`, else `python`, on the PATH, as an absolute path; null when there is none. */
export async function findPython(path: string): Promise<string | null> {
  const folders = path.split(delimiter).filter((folder) => folder !== '');
  for (const name of ['python3', 'python']) {
    for (const folder of folders) {
      const candidate = join(folder, name);
      if (await isExecutable(candidate)) return candidate;
    }
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
