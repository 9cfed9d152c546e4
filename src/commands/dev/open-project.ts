import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { assertManifest } from '../../cli/open-plugin.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { Target } from '../../model/target.ts';
import { prepareProject } from '../../package/prepare.ts';

/** A project to be watched. */
export interface OpenedProject {
  /** Absolute path with links resolved. */
  readonly root: string;
  /** The path as it was typed. */
  readonly label: string;
}

/** Opens the project directory of the command line; throws (exit 2) when it is missing or has no manifest. */
export async function openProject(
  label: string,
  cwd: string,
  target: Target,
): Promise<OpenedProject> {
  const directory = path.resolve(cwd, label);
  const stats = await stat(directory).catch(() => null);
  if (!stats?.isDirectory()) throw notThere(label, stats !== null);
  const root = await realpath(directory);
  await assertManifest(await prepareProject(root, { target, label }), directory, label);
  return { root, label };
}

/** The paths of `--watch-file`, relative to the project; throws exit 2 for a path outside the project. */
export function watchFiles(files: readonly string[], root: string, cwd: string): string[] {
  return files.map((file) => {
    const inside = path.relative(root, path.resolve(cwd, file)).replaceAll(path.sep, '/');
    if (inside !== '' && !inside.startsWith('../') && !path.isAbsolute(inside)) return inside;
    throw new KpluginError({
      code: 'watch-file-outside',
      exit: EXIT.usage,
      message: `--watch-file ${file} is no file in the project`,
      hint: 'name a file inside of it, for example --watch-file dist/.built',
    });
  });
}

function notThere(label: string, isFile: boolean): KpluginError {
  return new KpluginError({
    code: 'project-not-found',
    exit: EXIT.usage,
    message: isFile
      ? `${label} is a file, and dev takes the directory of a project`
      : `there is no ${label}`,
    hint: 'give the directory of a project; kplugin init makes one',
  });
}
