import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { nullUnlessLimit } from '../model/machine-limit.ts';
import type { PluginView } from '../model/view.ts';
import { leftOutOf } from './left-out.ts';
import { fileContent, readStart } from './plan/content.ts';
import { insidePath } from './plan/inside-path.ts';
import { type Plan, type PlanOptions, planPackage } from './plan/plan.ts';

const DEFAULT_LIMIT = 8 * 1024 ** 2;

/** A project's view, with the plan that it shows. */
export interface DirectoryView extends PluginView {
  readonly form: 'directory';
  readonly plan: Plan;
}

/**
 * Opens a project read-only, showing exactly the entries that `pack` would write.
 * Throws when the directory cannot be listed or its `.kplugin.json` is unusable.
 */
export async function openDirectoryView(
  directory: string,
  options: PlanOptions = {},
): Promise<DirectoryView> {
  return viewOf(await planPackage(directory, options), directory);
}

/** The view of a plan that was made already. */
export function viewOf(plan: Plan, label: string): DirectoryView {
  const files = new Map(plan.entries.map((entry) => [entry.path, entry]));
  return {
    form: 'directory',
    label,
    plan,
    entries: plan.entries,
    problems: plan.problems,
    ...(plan.from ? { from: plan.from } : {}),
    leftOut: leftOutOf(plan),
    async read(path, limit = DEFAULT_LIMIT) {
      const entry = files.get(path);
      if (!entry?.content) return null;
      // What cannot be read is a problem of the plan, with its reason.
      return readStart(entry.content, entry.size, limit).catch(nullUnlessLimit);
    },
    readProject: (path, limit = DEFAULT_LIMIT) => readProject(plan, path, limit),
    close: () => Promise.resolve(),
  };
}

/** Null when there is no such file in the project, or the plan is not one of a project. */
async function readProject(plan: Plan, path: string, limit: number): Promise<Uint8Array | null> {
  if (plan.root === null) return null;
  const file = join(plan.root, path);
  if (insidePath(plan.root, file) === null) return null;
  const stats = await stat(file).catch(() => null);
  return stats?.isFile() ? readStart(fileContent(file), stats.size, limit) : null;
}
