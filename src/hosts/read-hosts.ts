import { readFileSync, statSync } from 'node:fs';
import { EXIT, KpluginError } from '../model/error.ts';
import { decodeHosts } from './decode-hosts.ts';
import type { Hosts } from './named-host.ts';

/** Hosts files are small; a wrong KPLUGIN_CONFIG may name anything. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * Reads hosts.json; without the file there are no hosts. Throws exit 2 with line and column when it is broken.
 * At once rather than later: every command needs it before it can do anything else.
 */
export function readHosts(file: string): Hosts {
  let text: string;
  try {
    if (!statSync(file).isFile()) throw new Error('it is no regular file');
    text = readFileSync(file, 'utf8');
  } catch (thrown) {
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
  if (text.length > MOST_BYTES) {
    throw new KpluginError({
      code: 'hosts-unreadable',
      exit: EXIT.usage,
      message: `${file} is much too long for a list of hosts`,
      hint: 'is KPLUGIN_CONFIG the right folder?',
    });
  }
  return decodeHosts(text, file);
}

function isMissing(thrown: unknown): boolean {
  return (
    thrown instanceof Error &&
    'code' in thrown &&
    (thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR')
  );
}
