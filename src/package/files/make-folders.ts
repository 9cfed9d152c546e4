import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * Creates a directory and its parents; resolves to the first one that was created, or undefined. Node's own
 * `recursive` never ends when the system reports a missing parent for a new directory, as in `/proc`. Throws system
 * errors, and an error that names the existing entry when something else has the name.
 */
export async function makeFolders(
  folder: string,
  mode = 0o777,
  make: typeof mkdir = mkdir,
): Promise<string | undefined> {
  try {
    await make(folder, { mode });
    return folder;
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : '';
    const there = await stat(folder).catch(() => null);
    if (there !== null) {
      if (there.isDirectory()) return undefined;
      throw new Error(`${folder} is there and is not a directory`, { cause: thrown });
    }
    const above = path.dirname(folder);
    if (code !== 'ENOENT' || above === folder) throw thrown;
    const first = await makeFolders(above, mode, make);
    // Another process may have created it meanwhile.
    await make(folder, { mode }).catch(async (again: unknown) => {
      if (!(await stat(folder).catch(() => null))?.isDirectory()) throw again;
    });
    return first ?? folder;
  }
}
