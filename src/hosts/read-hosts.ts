import { EXIT, KpluginError } from '../model/error.ts';
import { FileTooLong, readTextSync } from '../package/files/regular-file.ts';
import { decodeHosts } from './decode-hosts.ts';
import type { Hosts } from './named-host.ts';

/** Size limit of hosts.json; a wrong KPLUGIN_CONFIG may lead to any file. */
const MOST_BYTES = 4 * 1024 * 1024;

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
