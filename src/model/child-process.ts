import type { ChildProcess } from 'node:child_process';
import path from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Variables that a program needs to find its files, its user and its language; none of them is a secret or loads
 * code.
 */
const PLAIN = new Set([
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'LANG',
  'LANGUAGE',
  'TZ',
  'TMPDIR',
  'TEMP',
  'TMP',
  // Required by most programs on Windows.
  'SYSTEMROOT',
  'SYSTEMDRIVE',
  'WINDIR',
  'COMSPEC',
  'PATHEXT',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'PROGRAMDATA',
  'PROGRAMFILES',
]);

/**
 * The environment of a program that the user did not start: {@link PLAIN}, the locale, and the variables in `names`.
 * All others are removed: secrets, and variables that make an interpreter load code (PYTHONPATH, NODE_OPTIONS).
 */
export function plainEnvironment(
  env: Environment,
  names: readonly string[] = [],
): Record<string, string> {
  const wanted = new Set(names);
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    const plain = PLAIN.has(name.toUpperCase()) || name.startsWith('LC_') || wanted.has(name);
    if (plain && value !== undefined) kept[name] = value;
  }
  return kept;
}

/**
 * The absolute directories of a PATH. Relative ones such as `.` and `node_modules/.bin` are removed, because their
 * meaning depends on the current directory.
 */
export function trustedFolders(search: string): readonly string[] {
  return search.split(path.delimiter).filter((folder) => path.isAbsolute(folder));
}

/**
 * The environment of a build, which is the user's own tool in the user's project: all variables except those of
 * kplugin (settings, tokens), and a PATH without relative directories.
 */
export function buildEnvironment(env: Environment): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || isOurs(name)) continue;
    kept[name] = name.toUpperCase() === 'PATH' ? trustedFolders(value).join(path.delimiter) : value;
  }
  return kept;
}

/** Whether a variable is one of kplugin's settings or secrets; on Windows names are case-insensitive. */
function isOurs(name: string): boolean {
  return name.toUpperCase().startsWith('KPLUGIN_');
}

/** Whether `folder` equals `outer` or lies in it; both are absolute paths. */
export function isInside(folder: string, outer: string): boolean {
  const way = path.relative(outer, folder);
  return way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}

/**
 * Spawns a child process and resolves once it runs; its streams may be used only then, because they are missing when
 * too many files are open. Throws the system error when it cannot be started. Later errors (such as a failed kill)
 * are ignored: the exit event reports the result.
 */
export async function spawnChild<Child extends ChildProcess>(start: () => Child): Promise<Child> {
  const child = start();
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.on('error', reject);
  });
  return child;
}
