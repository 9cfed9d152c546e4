import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { EXIT, KpluginError } from '../model/error.ts';
import { machineLimitIn } from '../model/machine-limit.ts';
import { makeFolders } from '../package/files/make-folders.ts';

export interface PrivateOptions {
  /** Its permissions where modes exist; default 0600. */
  readonly mode?: number;
  /** Asked at the last moment: true leaves the old file as it is, and that is a failure. */
  readonly unless?: () => Promise<boolean>;
}

/**
 * Makes the folder of a file, for its owner alone where it is not there yet. Throws exit 2 when it cannot be made. What it
 * resolves to takes away again the folders that it made, as far as they are empty.
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
 * Writes a file in one step that only its owner may read (0600, its folder 0700 when it is made; where modes exist).
 * A link is followed, so that a file kept elsewhere stays there. Throws exit 2 when it cannot be written; the old
 * file is there then, and so is a pipe or device, which root could replace: it is needed by others.
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

/** The failure (exit 2) behind what the system says of a file that cannot be written. */
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
    throw new Error(`${file} is no file, and kplugin does not replace it`);
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
