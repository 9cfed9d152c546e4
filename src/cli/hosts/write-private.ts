import { randomBytes } from 'node:crypto';
import { mkdir, open, realpath, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { EXIT, KpluginError } from '../../model/error.ts';

/**
 * Writes a file in one step that only its owner may read (0600, its folder 0700 when it is made; where modes exist).
 * A link is followed, so that a file kept elsewhere stays there. Throws exit 2 when it cannot be written; the old
 * file is there then.
 */
export async function writePrivate(target: string, text: string, mode = 0o600): Promise<void> {
  try {
    await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
    const file = await realpath(target).catch(() => target);
    const draft = `${file}.${randomBytes(6).toString('hex')}.tmp`;
    try {
      await fill(draft, text, mode);
      await rename(draft, file);
    } catch (thrown) {
      await rm(draft, { force: true });
      throw thrown;
    }
  } catch (cause) {
    throw new KpluginError({
      code: 'not-writable',
      exit: EXIT.usage,
      message: `${target} cannot be written`,
      reason: cause instanceof Error ? cause.message : String(cause),
      hint: 'name a folder that you may write to: KPLUGIN_CONFIG=<folder>',
      cause,
    });
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
