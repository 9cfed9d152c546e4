import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes a folder and those above it where they are not there yet; resolves to the first that it made, or undefined.
 * Node's own `recursive` tries for ever where the system says of a new folder that there is none above it, as in `/proc`.
 * Throws what the system says, and where something else has the name, which that is.
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
    // Somebody else may have made it meanwhile.
    await make(folder, { mode }).catch(async (again: unknown) => {
      if (!(await stat(folder).catch(() => null))?.isDirectory()) throw again;
    });
    return first ?? folder;
  }
}
