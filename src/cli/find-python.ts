import { readdirSync } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { type Environment, trustedFolders } from '../model/child-process.ts';
import { refuseMachineLimit } from '../model/machine-limit.ts';

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
  readonly name: (typeof VIRTUAL)[number];
  readonly folder: string;
  readonly program: string;
}

/** A Python and what led to it. */
export interface FoundPython {
  /** Absolute path. */
  readonly program: string;
  readonly from: (typeof VIRTUAL)[number] | (typeof ACTIVE)[number] | 'PATH';
}

/** Folders of a project that may be its virtual environment. */
const VIRTUAL = ['.venv', 'venv'] as const;

/** Variables of an active environment: of venv and of conda. A shell that only inherits them may have another PATH. */
const ACTIVE = ['VIRTUAL_ENV', 'CONDA_PREFIX'] as const;

/**
 * The Python for plugins when `--python` is not given: the interpreter in `.venv` or `venv` of `project`, else that of
 * the active virtual environment, else that of conda, else the first `python3`, else `python`, on the PATH. Returns null
 * when there is none.
 */
export async function findPython(
  env: Environment,
  project: string | null = null,
  platform: string = process.platform,
): Promise<FoundPython | null> {
  const own = project === null ? null : await ownPython(project, platform);
  if (own !== null) return { program: own.program, from: own.name };
  for (const from of ACTIVE) {
    const folder = env[from] ?? '';
    if (!isAbsolute(folder)) continue;
    const program = await interpreterIn(folder, from === 'CONDA_PREFIX', platform);
    if (program !== null) return { program, from };
  }
  const program = await pathPython(trustedFolders(env['PATH'] ?? ''), platform);
  return program === null ? null : { program, from: 'PATH' };
}

/** On Windows conda has it at the top. */
async function interpreterIn(
  folder: string,
  isConda: boolean,
  platform: string,
): Promise<string | null> {
  const program = isConda && platform === 'win32' ? 'python.exe' : pythonsOn(platform).own;
  const file = join(folder, program);
  return (await isExecutable(file)) ? file : null;
}

/** The interpreter in the virtual environment of a project (`.venv` or `venv`); it is not run. */
export async function ownPython(
  project: string,
  platform: string = process.platform,
): Promise<OwnPython | null> {
  for (const name of VIRTUAL) {
    const folder = join(project, name);
    const program = join(folder, pythonsOn(platform).own);
    if (await isExecutable(program)) return { name, folder, program };
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

/**
 * Whether a virtual environment has a module, by the names in its `site-packages` (`lib/python3.12/` in it, on Windows
 * `Lib/`); runs nothing.
 */
export function hasModule(environment: string, module: string): boolean {
  const library = join(environment, process.platform === 'win32' ? 'Lib' : 'lib');
  const folders = [library, ...namesIn(library).map((name) => join(library, name))];
  return folders.some((folder) => namesIn(join(folder, 'site-packages')).includes(module));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (thrown) {
    refuseMachineLimit(thrown);
    return [];
  }
}
