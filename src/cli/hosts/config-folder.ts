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
  if (env['KPLUGIN_CONFIG']) return path.resolve(cwd, env['KPLUGIN_CONFIG']);
  if (platform === 'win32') {
    return path.join(env['APPDATA'] || path.join(home, 'AppData', 'Roaming'), 'kplugin');
  }
  // The XDG rules say that a relative path in it is to be ignored.
  const xdg = env['XDG_CONFIG_HOME'] ?? '';
  return path.join(path.isAbsolute(xdg) ? xdg : path.join(home, '.config'), 'kplugin');
}

/** The file with the named hosts. */
export function hostsFile(env: Env, cwd: string): string {
  return path.join(configFolder(env, cwd), 'hosts.json');
}
