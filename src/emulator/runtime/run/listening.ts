import { dirname } from 'node:path';
import { SocketInUse, SocketPathTooLong } from '../../../sp/errors.ts';
import { errnoWords, errorCode } from '../go-words.ts';
import { diagnosed, HostRefusal } from '../refusal.ts';
import { socketOwner } from './socket-owner.ts';

/** What a socket is for: eKuiper's words in front of the reason, and what else may have the name. */
export interface Listening {
  readonly path: string;
  /** `can't create new control channel`. */
  readonly words: string;
  /** Completes "an eKuiper or a second "kplugin serve" runs … on this machine". */
  readonly rival: string;
}

const NOT_WRITABLE = ['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR'];

/** Listens, or throws a HostRefusal with Go's words for why it cannot, and what to do about it; or MachineLimit. */
export async function listenOr<T>(listening: Listening, listen: () => Promise<T>): Promise<T> {
  try {
    return await listen();
  } catch (error) {
    const { path, words } = listening;
    const full = `${words}: listen unix ${path}: bind: ${goReason(error)}`;
    throw new HostRefusal(diagnosed(full, await diagnosis(listening, error)), { cause: error });
  }
}

function goReason(error: unknown): string {
  if (error instanceof SocketInUse) return 'address already in use';
  if (error instanceof SocketPathTooLong) return 'invalid argument';
  return errorCode(error) === '' ? String(error) : errnoWords(error);
}

async function diagnosis({ path, rival }: Listening, error: unknown): Promise<string[]> {
  if (error instanceof SocketInUse) {
    if (error.by !== 'listener') {
      return [`kplugin: ${path} is in the way and no socket; move it away`];
    }
    const who = (await socketOwner(path)) ?? 'an eKuiper or a second "kplugin serve"';
    return [
      `kplugin: another process listens on ${path}: ${who} runs ${rival} on this machine; remove it there first`,
    ];
  }
  if (error instanceof SocketPathTooLong) {
    return [`kplugin: the path of a socket may have ${error.limit} bytes; choose a shorter name`];
  }
  if (!NOT_WRITABLE.includes(errorCode(error))) return [];
  const folder = dirname(path);
  return [
    `kplugin: no socket can be made in ${folder}, and a plugin looks for its host nowhere else; make ${folder} writable (in a container: a tmpfs at ${folder})`,
  ];
}
