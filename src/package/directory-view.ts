import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { PluginView } from '../model/view.ts';
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
  return viewOf(planPackage(directory, options), directory);
}

/** The view of a plan that was made already. */
export function viewOf(plan: Plan, label: string): DirectoryView {
  const sources = new Map(plan.entries.map((entry) => [entry.path, entry.source]));
  return {
    form: 'directory',
    label,
    plan,
    entries: plan.entries,
    problems: plan.problems,
    async read(path, limit = DEFAULT_LIMIT) {
      const source = sources.get(path);
      return source == null ? null : readStart(source, limit);
    },
    async readProject(path, limit = DEFAULT_LIMIT) {
      const file = join(plan.root, path);
      return insidePath(plan.root, file) === null ? null : readStart(file, limit);
    },
    close: () => Promise.resolve(),
  };
}

/** The first `limit` bytes of a file; null when there is none (or it is a directory). */
async function readStart(file: string, limit: number): Promise<Uint8Array | null> {
  try {
    const handle = await open(file, 'r');
    try {
      const { size } = await handle.stat();
      const buffer = Buffer.alloc(Math.min(size, limit));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch {
    return null;
  }
}
