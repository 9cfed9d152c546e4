import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { parseGoJsonBytes } from '../model/json/bytes.ts';
import { memberOf } from '../model/json/member.ts';
import { openRegularFile } from '../package/regular-file.ts';

const SMALL = 256 * 1024;

/** Whether a file begins with the mark of a zip (also an empty or spanned one). */
export async function startsLikeZip(file: string): Promise<boolean> {
  const start = await readStart(file, 4);
  return start.subarray(0, 2).toString('latin1') === 'PK';
}

/** Whether a JSON file looks like the manifest of a portable plugin. */
export async function looksLikeManifest(file: string): Promise<boolean> {
  const { json } = parseGoJsonBytes(await readStart(file, SMALL));
  return (
    json.ok &&
    memberOf(json.root, 'language') !== null &&
    memberOf(json.root, 'executable') !== null
  );
}

/** The folders below one, at most two levels down, that hold a manifest; POSIX paths, sorted. */
export async function foldersWithManifest(root: string, levels = 2): Promise<string[]> {
  const names = await readdir(root, { withFileTypes: true }).catch(() => []);
  const folders = names.filter((entry) => entry.isDirectory() && !SKIPPED.test(entry.name));
  const found = await Promise.all(
    folders.map(async ({ name }) => {
      const folder = path.join(root, name);
      if (await holdsManifest(folder)) return [name];
      const deeper = levels > 1 ? await foldersWithManifest(folder, levels - 1) : [];
      return deeper.map((inner) => `${name}/${inner}`);
    }),
  );
  return found.flat().sort();
}

const SKIPPED = /^(\.|node_modules$|venv$|__pycache__$)/;

async function holdsManifest(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => []);
  const looks = names
    .filter((name) => name.endsWith('.json'))
    .map((name) => looksLikeManifest(path.join(folder, name)).catch(() => false));
  return (await Promise.all(looks)).includes(true);
}

async function readStart(file: string, bytes: number): Promise<Buffer> {
  const handle = await openRegularFile(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
