import { constants, type Stats, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** A pipe that nobody writes to would be waited for without end; regular files are read as always. */
const NO_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Opens a file for reading. Rejects as `open` does, and when it is a directory, pipe, socket or device. */
export async function openRegularFile(file: string): Promise<FileHandle> {
  const handle = await open(file, NO_WAITING);
  const stats = await handle.stat();
  if (stats.isFile()) return handle;
  await handle.close();
  const what = stats.isDirectory() ? 'a directory' : 'a pipe, socket or device';
  throw Object.assign(new Error(`it is ${what}, not a file`), { syscall: 'open', path: file });
}

/** All of a file. Rejects as {@link openRegularFile} does. */
export async function readRegularFile(file: string): Promise<Buffer> {
  const handle = await openRegularFile(file);
  return handle.readFile().finally(() => handle.close());
}

/** What stands at a path, links followed; null where nothing does, or where it cannot be found out. */
export function statsAt(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}
