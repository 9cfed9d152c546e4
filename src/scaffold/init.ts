import { EXIT, KpluginError } from '../model/error.ts';
import type { Answers } from './answers.ts';
import { planProject } from './plan/project.ts';
import type { Templates } from './templates.ts';
import { BEGUN, contentsOf, type SurveyedFile, survey } from './write/survey.ts';

/**
 * Refuses a folder that must not be filled: a file, or one that is not empty unless `force` says so, or an `init`
 * that was killed had begun to fill it.
 * Throws KpluginError (exit 2).
 */
export async function checkFolder(folder: string, force: boolean): Promise<void> {
  const contents = await contentsOf(folder);
  if (contents === null) {
    throw new KpluginError({
      code: 'not-a-folder',
      exit: EXIT.usage,
      message: `${folder} is a file, not a folder`,
      hint: 'give another folder',
    });
  }
  if (contents.length === 0 || contents.includes(BEGUN) || force) return;
  throw new KpluginError({
    code: 'folder-not-empty',
    exit: EXIT.usage,
    message: `${folder} is not empty: it holds ${listed(contents)}`,
    reason: 'init begins a new project and touches nothing that is already there',
    hint: 'give a new folder (kplugin init <dir>), or add --force: it asks before it replaces a file',
  });
}

/**
 * The files of a new project beside what stands in the folder.
 * Throws KpluginError (exit 2) when something other than a file is in the way.
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
