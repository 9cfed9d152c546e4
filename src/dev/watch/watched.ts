import ignore from 'ignore';
import { defaultPatterns } from '../../package/ignore/defaults.ts';
import { CONFIG_FILE, IGNORE_FILE } from '../../package/ignore/project-lists.ts';
import { TEMPORARY_SUFFIX } from '../../package/ignore/strict.ts';

/** What no package leaves out by default, but editors and tools write all the time. */
const NOISE: readonly string[] = ['.#*', '\\#*#', '4913', '*___jb_*___', '*.tsbuildinfo', '*.pyc'];

/** What is beside the project: git, the environment of whoever develops it, packages. */
const BESIDE: readonly string[] = ['.git', '.env', '*.zip', `*${TEMPORARY_SUFFIX}`];

const IGNORED = ignore()
  .add([...defaultPatterns({ language: 'python', hasGoModule: false }), ...NOISE, ...BESIDE])
  .add([`!${IGNORE_FILE}`, `!${CONFIG_FILE}`]);

/**
 * Whether a change of this path may matter: what `pack` leaves out by default does not, nor packages, nor what editors
 * and tools leave behind; `.kpluginignore` itself is no measure, because sources and cases may stand in it.
 * POSIX path inside the project; a directory's ends with a slash. `also`: files that matter wherever they lie.
 */
export function isWatched(path: string, also: readonly string[] = []): boolean {
  if (also.some((file) => `${file}/`.startsWith(path.endsWith('/') ? path : `${path}/`)))
    return true;
  return !IGNORED.ignores(path);
}
