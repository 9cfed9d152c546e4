import path from 'node:path';
import type { Context } from '../cli/context.ts';
import { findProgram, ownPython, pathPython } from '../cli/find-python.ts';
import type { PythonHere } from './machine.ts';
import { readOwnEnvironment } from './own-environment.ts';

/** What the doctor looks at, as it was typed. */
export interface Place {
  /** The folder of the plugin, or where one might be. */
  readonly label: string;
  /** `--python` */
  readonly python: string | undefined;
}

/**
 * The Python that plugins of this folder get. One that lies in the folder is started only when `--python` names it:
 * KPLUGIN_PYTHON may be set once for every folder, also for those of strangers.
 */
export async function pythonHere(
  { label, python }: Place,
  folders: readonly string[],
  isForeign: (file: string) => boolean,
  { cwd, env }: Pick<Context, 'cwd' | 'env'>,
): Promise<PythonHere> {
  if (python !== undefined) return { program: await named(python, cwd, folders), own: null };
  const project = path.resolve(cwd, label);
  const usual = env['KPLUGIN_PYTHON'] ?? '';
  if (path.isAbsolute(usual) && !isForeign(usual)) return { program: usual, own: null };
  const own = await ownPython(project);
  if (own !== null) {
    return { program: null, own: await readOwnEnvironment(own, path.relative(cwd, own.program)) };
  }
  return { program: await pathPython(folders), own: null };
}

function named(
  python: string,
  cwd: string,
  folders: readonly string[],
): Promise<string | null> | string {
  if (/[/\\]/.test(python)) return path.resolve(cwd, python);
  return findProgram([python], folders);
}
