import { access, constants, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { trustedFolders } from '../model/child-environment.ts';

/** Where a project keeps an environment of its own, as Python's own documentation names it; programs by their names. */
const PYTHONS = {
  posix: { own: 'bin/python', common: ['python3', 'python'] },
  win32: { own: 'Scripts/python.exe', common: ['python3.exe', 'python.exe'] },
} as const;

function pythonsOn(platform: string): (typeof PYTHONS)['posix' | 'win32'] {
  return PYTHONS[platform === 'win32' ? 'win32' : 'posix'];
}

/** The folder of a project's own environment, and its interpreter. */
export interface OwnPython {
  readonly folder: string;
  readonly program: string;
}

/**
 * The Python for plugins when `--python` names none, as an absolute path: the one of `project` (`.venv` or `venv` in
 * that folder), else the first `python3`, else `python`, on the PATH; null when there is none.
 */
export async function findPython(
  path: string,
  project: string | null = null,
  platform: string = process.platform,
): Promise<string | null> {
  const own = project === null ? null : await ownPython(project, platform);
  return own?.program ?? pathPython(trustedFolders(path), platform);
}

/** The interpreter that lies in a project (`.venv` or `venv`); it is found and not run. */
export async function ownPython(
  project: string,
  platform: string = process.platform,
): Promise<OwnPython | null> {
  for (const name of ['.venv', 'venv']) {
    const folder = join(project, name);
    const program = join(folder, pythonsOn(platform).own);
    if (await isExecutable(program)) return { folder, program };
  }
  return null;
}

/** The first `python3`, else `python`, in these folders. */
export function pathPython(
  folders: readonly string[],
  platform: string = process.platform,
): Promise<string | null> {
  return findProgram(pythonsOn(platform).common, folders);
}

/** The first of the names that is a program in one of the folders, as a path. */
export async function findProgram(
  names: readonly string[],
  folders: readonly string[],
): Promise<string | null> {
  for (const name of names) {
    for (const folder of folders) {
      const file = join(folder, name);
      if (await isExecutable(file)) return file;
    }
  }
  return null;
}

/** Whether it is a file that this user may run. */
export async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
