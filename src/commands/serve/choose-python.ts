import { resolve } from 'node:path';
import type { Context } from '../../cli/context.ts';
import { findPython, isExecutable } from '../../cli/find-python.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { absoluteProgram } from './settings.ts';

/** The Python for plugins: `--python`, or the one found for the project; throws exit 2. */
export async function choosePython(
  flag: string | undefined,
  project: string,
  { env, cwd, log }: Pick<Context, 'env' | 'cwd' | 'log'>,
): Promise<string> {
  if (flag === undefined) {
    const found = await findPython(env['PATH'] ?? '', resolve(cwd, project));
    if (found !== null) return found;
    log.warn('warning: no python3 or python on the PATH; plugins in Python cannot start');
    return 'python';
  }
  const program = absoluteProgram(flag, cwd);
  if (!program.includes('/') || (await isExecutable(program))) return program;
  throw new KpluginError({
    code: 'python-missing',
    exit: EXIT.usage,
    message: `--python ${flag} is no program that can be run`,
    hint: 'name a Python interpreter, for example .venv/bin/python',
  });
}
