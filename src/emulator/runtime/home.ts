import { join, resolve, sep } from 'node:path';
import { symbolFileRoots } from '../../model/behaviours.ts';
import type { Target } from '../../model/target.ts';
import { makeFolders } from '../../package/files/make-folders.ts';

/** The folders of a host, laid out as eKuiper's own home is. All paths are absolute. */
export interface Home {
  readonly root: string;
  /** `plugins/portable`: a folder per plugin. */
  readonly plugins: string;
  /** `data/uploads`. */
  readonly uploads: string;
  /** What is still being received: on the same disk as `uploads`, but in no listing. */
  readonly incoming: string;
  /**
   * Where `sources/ sinks/ functions/` go: `etc`, `data` or both, in eKuiper's order (docs/files.md#where-files-go).
   */
  readonly symbolRoots: readonly string[];
  /** The one of them in which eKuiper looks for a source's YAML when the source starts. */
  readonly configRoot: string;
  /** The installations that `/data/export` repeats; eKuiper keeps them in its database. */
  readonly registrations: string;
}

/** Where everything lies under `root` for the given eKuiper. */
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

/** Makes the folders that eKuiper ships with; those that exist stay as they are. */
export async function makeHome(home: Home): Promise<void> {
  const kinds = ['sources', 'sinks', 'functions'];
  const symbolFolders = home.symbolRoots.flatMap((root) => kinds.map((kind) => join(root, kind)));
  for (const folder of [home.plugins, home.uploads, home.incoming, ...symbolFolders]) {
    await makeFolders(folder);
  }
}

/** Whether `path` lies under `folder` (and is not the folder itself). */
export function isInside(folder: string, path: string): boolean {
  return resolve(path).startsWith(`${resolve(folder)}${sep}`);
}
