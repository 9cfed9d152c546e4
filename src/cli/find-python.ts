import { access, constants, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { trustedFolders } from '../model/child-process.ts';

/** Paths of the interpreter in a virtual environment, by Python's documentation of venv, and names of the program. */
const PYTHONS = {
  posix: { own: 'bin/python', common: ['python3', 'python'] },
  win32: { own: 'Scripts/python.exe', common: ['python3.exe', 'python.exe'] },
} as const;

function pythonsOn(platform: string): (typeof PYTHONS)['posix' | 'win32'] {
  return PYTHONS[platform === 'win32' ? 'win32' : 'posix'];
}

/** The virtual environment of a project and its interpreter. */
export interface OwnPython {
  readonly folder: string;
  readonly program: string;
}

/**
 * The absolute path of the Python for plugins when `--python` is not given: the interpreter in `.venv` or `venv` of
 * `project`, else the first `python3`, else `python`, on the PATH. Returns null when there is none.
 */
export async function findPython(
  path: string,
  project: string | null = null,
  platform: string = process.platform,
): Promise<string | null> {
  const own = project === null ? null : await ownPython(project, platform);
  return own?.program ?? pathPython(trustedFolders(path), platform);
}

/** The interpreter in the virtual environment of a project (`.venv` or `venv`); it is not run. */
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

/** The first `python3`, else `python`, in these directories. */
export function pathPython(
  folders: readonly string[],
  platform: string = process.platform,
): Promise<string | null> {
  return findProgram(pythonsOn(platform).common, folders);
}

/** The path of the first of the names that is an executable file in one of the directories. */
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

/** Whether the path is a file that this user may execute. */
export async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
