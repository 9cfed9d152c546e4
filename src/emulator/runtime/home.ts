import { join, resolve, sep } from 'node:path';
import { symbolFileRoots } from '../../model/behaviours.ts';
import type { Target } from '../../model/target.ts';
import { makeFolders } from '../../package/files/make-folders.ts';

/** The directories of a host, laid out like eKuiper's home. All paths are absolute. */
export interface Home {
  readonly root: string;
  /** `plugins/portable`: one directory per plugin. */
  readonly plugins: string;
  /** `data/uploads`. */
  readonly uploads: string;
  /** Uploads in progress: on the same disk as `uploads`, but never listed. */
  readonly incoming: string;
  /**
   * The parents of `sources/ sinks/ functions/`: `etc`, `data` or both, in eKuiper's order
   * (docs/files.md#where-files-go).
   */
  readonly symbolRoots: readonly string[];
  /** The one from which eKuiper reads a source's YAML when the source starts. */
  readonly configRoot: string;
  /** The file with the registrations that `/data/export` returns; eKuiper keeps them in its database. */
  readonly registrations: string;
}

/** Returns the paths under `root` for an eKuiper version. */
export function homeAt(root: string, target: Target): Home {
  const at = (...parts: string[]): string => join(resolve(root), ...parts);
  const symbolRoots = symbolFileRoots(target).map((folder) => at(folder));
  return {
    root: at(),
    plugins: at('plugins', 'portable'),
    uploads: at('data', 'uploads'),
    incoming: at('data', 'incoming'),
    symbolRoots,
    configRoot: symbolRoots[0] ?? at('etc'),
    registrations: at('data', 'portable-plugins.json'),
  };
}

/** Creates the directories that eKuiper ships with; existing ones are not changed. */
export async function makeHome(home: Home): Promise<void> {
  const kinds = ['sources', 'sinks', 'functions'];
  const symbolFolders = home.symbolRoots.flatMap((root) => kinds.map((kind) => join(root, kind)));
  for (const folder of [home.plugins, home.uploads, home.incoming, ...symbolFolders]) {
    await makeFolders(folder);
  }
}

/** Whether `path` is below `folder` (false for the directory itself). */
export function isInside(folder: string, path: string): boolean {
  return resolve(path).startsWith(`${resolve(folder)}${sep}`);
}
