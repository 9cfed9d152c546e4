import path from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What a program needs to find its files, its user and its language; nothing of it is a secret or loads code. */
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
  // Windows starts hardly anything without these.
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
 * The environment of a program that is not the user's own doing: {@link PLAIN}, the locale, and the variables that
 * `names` adds. Everything else stays out: secrets, and what makes an interpreter load code (PYTHONPATH, NODE_OPTIONS).
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
 * The folders of a PATH in which programs may be looked for: absolute ones only, because `.` and `node_modules/.bin`
 * mean whatever folder one happens to stand in.
 */
export function trustedFolders(search: string): readonly string[] {
  return search.split(path.delimiter).filter((folder) => path.isAbsolute(folder));
}

/**
 * The environment of a build, which is the user's own tool run in their project: all but what is kplugin's (settings,
 * tokens), and a PATH whose folders do not depend on where it is run.
 */
export function buildEnvironment(env: Environment): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || isOurs(name)) continue;
    kept[name] = name.toUpperCase() === 'PATH' ? trustedFolders(value).join(path.delimiter) : value;
  }
  return kept;
}

/** kplugin's own settings and secrets; on Windows names have no letter case. */
function isOurs(name: string): boolean {
  return name.toUpperCase().startsWith('KPLUGIN_');
}

/**
 * The environment of a system tool (`ln`, `rm`) that only moves names: where systems keep those, NixOS too, and never
 * what somebody put in front on the PATH.
 */
export const SYSTEM_ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: '/usr/bin:/bin:/run/current-system/sw/bin',
  LC_ALL: 'C',
};

/** Whether `folder` is `outer` or lies in it; both absolute. */
export function isInside(folder: string, outer: string): boolean {
  const way = path.relative(outer, folder);
  return way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}
