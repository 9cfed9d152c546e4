import { homedir } from 'node:os';
import path from 'node:path';
import { EXIT, KpluginError } from '../model/error.ts';
import { FileTooLong, readTextSync } from '../package/files/regular-file.ts';
import { decodeHosts } from './decode-hosts.ts';
import type { Hosts } from './named-host.ts';

/** Size limit of hosts.json; a wrong KPLUGIN_CONFIG may lead to any file. */
const MOST_BYTES = 4 * 1024 * 1024;

type Env = Readonly<Record<string, string | undefined>>;

/** The path of hosts.json. */
export function hostsFile(env: Env, cwd: string): string {
  return path.join(configFolder(env, cwd), 'hosts.json');
}

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

/**
 * Reads hosts.json; without the file there are no hosts. Throws exit 2, with line and column when the file is invalid.
 * Synchronous, because every command needs it before anything else.
 */
export function readHosts(file: string): Hosts {
  let text: string;
  try {
    text = readTextSync(file, MOST_BYTES);
  } catch (thrown) {
    if (thrown instanceof FileTooLong) throw tooLong(file);
    if (isMissing(thrown)) {
      return { file, hosts: new Map(), defaultHost: null, document: {}, notes: [] };
    }
    throw new KpluginError({
      code: 'hosts-unreadable',
      exit: EXIT.usage,
      message: `${file} cannot be read`,
      reason: thrown instanceof Error ? thrown.message : String(thrown),
      hint: 'it holds your named hosts: check who owns it, or name another folder with KPLUGIN_CONFIG',
      cause: thrown,
    });
  }
  return decodeHosts(text, file);
}

function tooLong(file: string): KpluginError {
  return new KpluginError({
    code: 'hosts-unreadable',
    exit: EXIT.usage,
    message: `${file} is much too long for a list of hosts`,
    hint: 'is KPLUGIN_CONFIG the right folder?',
  });
}

function isMissing(thrown: unknown): boolean {
  return (
    thrown instanceof Error &&
    'code' in thrown &&
    (thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR')
  );
}
