import { existsSync } from 'node:fs';
import path from 'node:path';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { Answers } from '../answers.ts';
import { planProject } from '../plan/project.ts';
import type { Templates } from '../templates.ts';
import {
  contentsOf,
  INIT_MARKER,
  isBeingFilled,
  type SurveyedFile,
  survey,
  writesOf,
} from '../write/survey.ts';
import { isExisting, writeFiles } from '../write/write-files.ts';

/** Why a folder may be filled: it is empty, an `init` that was killed left its files, or `--force` allows it. */
type FolderState = 'empty' | 'interrupted' | 'forced';

/**
 * Checks that a folder may be filled. Throws KpluginError (exit 2) for a file, for a folder that is not empty (unless
 * `force` is set or a killed `init` left its files), and for one that another `init` is filling.
 */
export async function checkFolder(folder: string, force: boolean): Promise<FolderState> {
  const contents = await contentsOf(folder);
  if (contents === null) {
    throw new KpluginError({
      code: 'not-a-folder',
      exit: EXIT.usage,
      message: `${folder} is a file, not a folder`,
      hint: 'give another folder',
    });
  }
  if (contents.includes(INIT_MARKER)) {
    if (await isBeingFilled(folder)) throw beingFilled(folder);
    return 'interrupted';
  }
  if (contents.length === 0) return 'empty';
  if (force) return 'forced';
  throw new KpluginError({
    code: 'folder-not-empty',
    exit: EXIT.usage,
    message: `${folder} is not empty: it holds ${listed(contents)}`,
    reason: 'init begins a new project and touches nothing that is already there',
    hint: 'give a new folder (kplugin init <dir>), or add --force: it asks before it replaces a file',
  });
}

function beingFilled(folder: string): KpluginError {
  return new KpluginError({
    code: 'folder-not-empty',
    exit: EXIT.usage,
    message: `${folder} is not empty: another kplugin init is filling it`,
    reason: `${INIT_MARKER} in it names a process that runs`,
    hint: `give another folder; if that process is no kplugin, remove ${INIT_MARKER} and run the same command again`,
  });
}

/**
 * Writes the files of a new project. Throws KpluginError (exit 2) when the folder was empty and another process wrote
 * files into it meanwhile; those files stay unchanged.
 */
export async function writeProject(
  folder: string,
  files: readonly SurveyedFile[],
  was: FolderState,
  signal: AbortSignal,
): Promise<void> {
  const force = was === 'forced';
  if (was === 'empty' && files.some(({ state }) => state !== 'new')) {
    await checkFolder(folder, force);
  }
  const mark = { name: INIT_MARKER, takesOver: was === 'interrupted' };
  await writeFiles(folder, writesOf(files), { signal, mark }).catch(async (thrown: unknown) => {
    if (thrown instanceof KpluginError && isExisting(thrown.cause))
      await checkFolder(folder, force);
    throw thrown;
  });
}

/**
 * Compares the planned files with the folder. Throws KpluginError (exit 2) when a directory or special file has the
 * path of a planned file.
 */
export async function prepareProject(
  folder: string,
  answers: Answers,
  templates: Templates,
): Promise<readonly SurveyedFile[]> {
  const files = await survey(folder, planProject(answers, templates));
  const blocked = files.filter(({ state }) => state === 'blocked').map(({ path }) => path);
  if (blocked.length === 0) return files;
  throw new KpluginError({
    code: 'path-blocked',
    exit: EXIT.usage,
    message: `something that is no plain file stands in the way of ${listed(blocked)}`,
    reason: 'folders and links are never replaced',
    hint: 'move it away, or give another folder',
  });
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}

/** The location of kplugin and of the project; absolute paths. */
interface SdkSituation {
  /** The user's spec for kplugin; undefined: the kplugin that is running. */
  readonly wanted: string | undefined;
  readonly cwd: string;
  /** The folder of the new project. */
  readonly folder: string;
  readonly packageRoot: string;
  readonly version: string;
}

export interface SdkSpec {
  /** The value in `devDependencies`. */
  readonly spec: string;
  /** Whether it refers to the checkout that kplugin runs from, which does not exist on other machines. */
  readonly isCheckout: boolean;
}

/**
 * The entry for kplugin, which holds the SDK, in a TypeScript project's package.json: the running release, or its path
 * when it is not a release. An existing path is written as npm does, relative to the project.
 */
export function sdkSpec({ wanted, cwd, folder, packageRoot, version }: SdkSituation): SdkSpec {
  if (wanted !== undefined) {
    const place = path.resolve(cwd, wanted);
    const spec = isPath(wanted) && existsSync(place) ? fileSpec(folder, place) : wanted;
    return { spec, isCheckout: false };
  }
  // Releases contain the built files, never the sources.
  if (existsSync(path.join(packageRoot, 'src', 'sdk'))) {
    return { spec: fileSpec(folder, packageRoot), isCheckout: true };
  }
  return { spec: `^${version}`, isCheckout: false };
}

/** A name like `next` is a tag of the registry, even if the working directory has a file of that name. */
function isPath(text: string): boolean {
  return /[\\/]|\.t?gz$/.test(text) && !/^[a-z+]+:/i.test(text.replace(/^[a-z]:[\\/]/i, ''));
}

function fileSpec(folder: string, place: string): string {
  return `file:${path.relative(folder, place).replaceAll(path.sep, '/')}`;
}
