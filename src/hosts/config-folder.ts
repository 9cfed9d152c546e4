import { homedir } from 'node:os';
import path from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The folder with the user's settings: `KPLUGIN_CONFIG`, else `%APPDATA%\kplugin` on Windows, else
 * `$XDG_CONFIG_HOME/kplugin` or `~/.config/kplugin`. An absolute path; it need not exist.
 */
export function configFolder(
  env: Env,
  cwd: string,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  // Its own rules, whatever this runs on.
  const { resolve, join, isAbsolute } = platform === 'win32' ? path.win32 : path.posix;
  if (env['KPLUGIN_CONFIG']) return resolve(cwd, env['KPLUGIN_CONFIG']);
  if (platform === 'win32') {
    return join(env['APPDATA'] || join(home, 'AppData', 'Roaming'), 'kplugin');
  }
  // The XDG rules say that a relative path in it is to be ignored.
  const xdg = env['XDG_CONFIG_HOME'] ?? '';
  return join(isAbsolute(xdg) ? xdg : join(home, '.config'), 'kplugin');
}

/** The file with the named hosts. */
export function hostsFile(env: Env, cwd: string): string {
  return path.join(configFolder(env, cwd), 'hosts.json');
}
