import ignore from 'ignore';
import { defaultPatterns } from '../../package/ignore/defaults.ts';
import { CONFIG_FILE, IGNORE_FILE } from '../../package/ignore/project-lists.ts';
import { TEMPORARY_SUFFIX } from '../../package/ignore/strict.ts';

/** Files that `pack` includes by default but that editors and tools write all the time. */
const NOISE: readonly string[] = ['.#*', '\\#*#', '4913', '*___jb_*___', '*.tsbuildinfo', '*.pyc'];

/** Files that do not belong to the plugin: git, the developer's environment, packages. */
const BESIDE: readonly string[] = ['.git', '.env', '*.zip', `*${TEMPORARY_SUFFIX}`];

const IGNORED = ignore()
  .add([...defaultPatterns({ language: 'python', hasGoModule: false }), ...NOISE, ...BESIDE])
  .add([`!${IGNORE_FILE}`, `!${CONFIG_FILE}`]);

/**
 * Whether a change of this path may matter. Excludes what `pack` leaves out by default, packages, and the files of
 * editors and tools. `.kpluginignore` is not applied, because it may list sources and cases. `path`: POSIX path inside
 * the project; that of a directory ends with a slash. `also`: paths that are watched wherever they are.
 */
export function isWatched(path: string, also: readonly string[] = []): boolean {
  if (also.some((file) => `${file}/`.startsWith(path.endsWith('/') ? path : `${path}/`)))
    return true;
  return !IGNORED.ignores(path);
}
