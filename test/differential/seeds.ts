import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Texts of this repository, and of the shared corpus where it lies beside it, with one of these extensions. */
export async function corpusTexts(extensions: readonly string[]): Promise<string[]> {
  const shared = path.join(process.env['KPLUGIN_SHARED'] ?? path.join(ROOT, '../shared'), 'corpus');
  const isThere = existsSync(shared);
  if (!isThere && process.env['CI'] === 'true') throw new Error(`there is no ${shared}`);
  if (!isThere)
    process.stderr.write('differential: the shared corpus is left out: it is not there\n');
  const folders = ['templates', 'test/fixtures', 'schemas'].map((name) => path.join(ROOT, name));
  const texts: string[] = [];
  for (const folder of isThere ? [...folders, shared] : folders) {
    const names = await readdir(folder, { recursive: true });
    const wanted = names.filter((name) => extensions.some((one) => name.endsWith(one))).sort();
    for (const name of wanted) {
      if (!name.includes('node_modules'))
        texts.push(await readFile(path.join(folder, name), 'utf8'));
    }
  }
  return texts.filter((text) => text.length < 8000);
}
