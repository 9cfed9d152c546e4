import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { EXIT, KpluginError } from '../model/error.ts';
import { machineLimitIn } from '../model/machine-limit.ts';
import { makeFolders } from '../package/files/folders.ts';

interface PrivateOptions {
  /** The file mode, on systems with modes; default 0600. */
  readonly mode?: number;
  /** Called right before the rename; if it resolves to true the old file is kept and this call throws. */
  readonly unless?: () => Promise<boolean>;
}

/**
 * Creates the directory of a file with mode 0700, if it is missing. Throws exit 2 when that fails. Resolves to a
 * function that removes the created directories as far as they are empty.
 */
export async function privateFolder(target: string): Promise<() => Promise<void>> {
  const folder = path.resolve(path.dirname(target));
  const first = await makeFolders(folder, 0o700).catch((cause: unknown) => {
    throw notWritable(target, cause);
  });
  return async () => {
    if (first === undefined) return;
    const above = path.dirname(path.resolve(first));
    for (let made = folder; made !== above; made = path.dirname(made)) {
      await rmdir(made).catch(() => {});
    }
  };
}

/**
 * Replaces a file atomically; only its owner may read it (0600, a new directory 0700, on systems with modes). Follows a
 * link, so that its target is replaced. Throws exit 2 when it cannot be written; the old file is unchanged then. Throws
 * for a pipe or device, which root could replace although other programs need it.
 */
export async function writePrivate(
  target: string,
  text: string,
  { mode = 0o600, unless }: PrivateOptions = {},
): Promise<void> {
  const takeAway = await privateFolder(target);
  try {
    const file = await realpath(target).catch(() => target);
    await refuseOther(file);
    const draft = `${file}.${randomBytes(6).toString('hex')}.tmp`;
    try {
      await fill(draft, text, mode);
      if (await unless?.()) throw new Error('another kplugin is writing it');
      await rename(draft, file);
    } catch (thrown) {
      await rm(draft, { force: true });
      throw thrown;
    }
  } catch (cause) {
    await takeAway();
    throw notWritable(target, cause);
  }
}

/** The error (exit 2) for a file that cannot be written, with the system's message. */
export function notWritable(target: string, cause: unknown): KpluginError {
  return new KpluginError({
    code: 'not-writable',
    exit: EXIT.usage,
    message: `${target} cannot be written`,
    reason: cause instanceof Error ? cause.message : String(cause),
    hint:
      machineLimitIn(cause)?.hint ?? 'name a folder that you may write to: KPLUGIN_CONFIG=<folder>',
    cause,
  });
}

async function refuseOther(file: string): Promise<void> {
  const stats = await stat(file).catch(() => null);
  if (stats !== null && !stats.isFile()) {
    throw new Error(`${file} is not a regular file, and kplugin does not replace it`);
  }
}

async function fill(file: string, text: string, mode: number): Promise<void> {
  const handle = await open(file, 'wx', mode);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
