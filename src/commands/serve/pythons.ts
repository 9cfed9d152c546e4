import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Context } from '../../cli/context.ts';
import {
  type FoundPython,
  findPython,
  hasModule,
  isExecutable,
  ownPython,
} from '../../cli/find-python.ts';
import type { ProjectPythons } from '../../emulator/runtime/run/side.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { fileWord, shellWord } from '../../model/shell-word.ts';
import { listDirectory } from '../../package/files/list-directory.ts';
import { absoluteProgram } from './settings.ts';

/** The Python for plugins, and where it is from. */
export interface ChosenPython {
  readonly program: string;
  /** `--python`, `.venv`, `VIRTUAL_ENV`, `CONDA_PREFIX` or `PATH`; null when there is none. */
  readonly from: FoundPython['from'] | '--python' | null;
}

/** The Python for plugins: `--python`, or the one found for the project; throws exit 2. */
export async function choosePython(
  flag: string | undefined,
  project: string,
  { env, cwd, log }: Pick<Context, 'env' | 'cwd' | 'log'>,
): Promise<ChosenPython> {
  if (flag === undefined) {
    const found = await findPython(env, path.resolve(cwd, project));
    if (found !== null) return found;
    log.warn('warning: no python3 or python on the PATH; plugins in Python cannot start');
    return { program: 'python', from: null };
  }
  const program = absoluteProgram(flag, cwd);
  if (!program.includes('/') || (await isExecutable(program))) return { program, from: '--python' };
  throw new KpluginError({
    code: 'python-missing',
    exit: EXIT.usage,
    message: `--python ${shellWord(flag)} is no program that can be run`,
    hint: 'name a Python interpreter, for example .venv/bin/python',
  });
}

/** `/usr/bin/python3 (PATH)` */
export function pythonText({ program, from }: ChosenPython, cwd: string): string {
  const inside = path.relative(cwd, program);
  const shown = inside.startsWith('..') || !path.isAbsolute(program) ? program : inside;
  return from === null ? `${shown} (not found)` : `${shown} (${from})`;
}

/** Folders below the current one in which projects are looked for. */
const MOST_FOLDERS = 200;

/**
 * The Python of one plugin: of its project, if that is this folder or one in it, or as `folders` (by the name of the
 * plugin) says. With `--python` no plugin gets another.
 */
export async function pythonOf(
  plugin: string,
  usual: ChosenPython,
  folders: ReadonlyMap<string, string>,
  cwd: string,
): Promise<ChosenPython> {
  if (usual.from === '--python') return usual;
  const isOfPlugin = (folder: string): boolean => existsSync(path.join(folder, `${plugin}.json`));
  const project = folders.get(plugin) ?? near(cwd).find(isOfPlugin) ?? null;
  const own = project === null ? null : await ownPython(project);
  return own === null ? usual : { program: own.program, from: own.name };
}

/** The Pythons of projects, see {@link pythonOf}. */
export function projectPythons(
  usual: ChosenPython,
  folders: ReadonlyMap<string, string>,
  cwd: string,
): ProjectPythons {
  return {
    of: async (plugin) => (await pythonOf(plugin, usual, folders, cwd)).program,
    withSdk: async (than) => {
      for (const folder of [...folders.values(), ...near(cwd), ...near(path.dirname(cwd))]) {
        const own = await ownPython(folder);
        if (own === null || own.program === than || !hasModule(own.folder, 'ekuiper')) continue;
        return fileWord(path.relative(cwd, own.program));
      }
      return null;
    },
  };
}

/** This folder and those in it. */
function near(cwd: string): readonly string[] {
  try {
    const inside = listDirectory(cwd).filter(({ item }) => item.isDirectory());
    return [cwd, ...inside.slice(0, MOST_FOLDERS).map(({ name }) => path.join(cwd, name))];
  } catch {
    return [cwd];
  }
}
