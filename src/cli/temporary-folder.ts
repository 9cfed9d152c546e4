import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT, KpluginError } from '../model/error.ts';
import { removeTree } from '../package/files/remove-tree.ts';

/**
 * Calls `work` with a new temporary directory, then removes it with its contents. `prefix` begins its name; work must
 * be interrupted through `signal`, so that the directory is removed too. Throws a KpluginError when it cannot be
 * created.
 */
export async function inTemporaryFolder<T>(
  prefix: string,
  signal: AbortSignal,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const place = tmpdir();
  const folder = await mkdtemp(join(place, prefix)).catch((cause: unknown) => {
    throw notWritable(place, cause);
  });
  try {
    return await work(folder);
  } finally {
    await removeTree(folder);
  }
}

function notWritable(place: string, cause: unknown): KpluginError {
  return new KpluginError({
    code: 'no-temporary-folder',
    exit: EXIT.usage,
    message: `no temporary folder can be made in ${place}`,
    reason: cause instanceof Error ? cause.message : String(cause),
    hint: `make ${place} writable (in a container: a tmpfs at ${place}), or name another place with TMPDIR`,
    cause,
  });
}
