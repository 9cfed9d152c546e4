import { homedir } from 'node:os';
import path from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The directory of the user's settings: `KPLUGIN_CONFIG`, else `%APPDATA%\kplugin` on Windows, else
 * `$XDG_CONFIG_HOME/kplugin` or `~/.config/kplugin`. Returns an absolute path, which need not exist.
 */
export function configFolder(
  env: Env,
  cwd: string,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  // The path rules of `platform`, even if the tests run on another one.
  const { resolve, join, isAbsolute } = platform === 'win32' ? path.win32 : path.posix;
  if (env['KPLUGIN_CONFIG']) return resolve(cwd, env['KPLUGIN_CONFIG']);
  if (platform === 'win32') {
    return join(env['APPDATA'] || join(home, 'AppData', 'Roaming'), 'kplugin');
  }
  // The XDG Base Directory Specification says to ignore relative paths.
  const xdg = env['XDG_CONFIG_HOME'] ?? '';
  return join(isAbsolute(xdg) ? xdg : join(home, '.config'), 'kplugin');
}

/** The path of hosts.json. */
export function hostsFile(env: Env, cwd: string): string {
  return path.join(configFolder(env, cwd), 'hosts.json');
}
