import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { cleanPath, isTooLongPath } from '../../model/clean-path.ts';
import { nullUnlessLimit } from '../../model/machine-limit.ts';
import { readRegularFile } from '../../package/regular-file.ts';
import type { Language } from '../answers.ts';

/** A source file by its POSIX path inside the project. */
export interface MainFile {
  readonly path: string;
  readonly text: string;
}

/** The file that registers a project's symbols with the SDK; null when none was found. */
export function findMain(
  language: Language,
  root: string,
  executable: string,
): Promise<MainFile | null> {
  return FIND[language](root, executable);
}

/** A text file of the project; null when it is not there or lies elsewhere. */
export async function readText(root: string, file: string): Promise<MainFile | null> {
  if (file === '' || isTooLongPath(file) || path.isAbsolute(file) || file.split('/').includes('..'))
    return null;
  const bytes = await readRegularFile(path.join(root, file)).catch(nullUnlessLimit);
  return bytes && { path: cleanPath(file), text: bytes.toString('utf8') };
}

const FIND: Record<Language, (root: string, executable: string) => Promise<MainFile | null>> = {
  python: readText,
  go: goMain,
  typescript: typescriptMain,
};

/** The file of the main package that holds the PluginConfig. */
async function goMain(root: string): Promise<MainFile | null> {
  const names = (await readdir(root)).filter(
    (name) => name.endsWith('.go') && !name.endsWith('_test.go'),
  );
  const files = await Promise.all(names.sort().map((name) => readText(root, name)));
  return files.find((file) => file?.text.includes('PluginConfig{')) ?? null;
}

/** The module that holds the PluginDefinition. */
async function typescriptMain(root: string): Promise<MainFile | null> {
  const names = ['src/plugin.ts', 'src/main.ts', 'src/index.ts'];
  const files = await Promise.all(names.map((name) => readText(root, name)));
  const defines = /\bPluginDefinition\b|\bstartPlugin\s*\(\s*\{/;
  return files.find((file) => defines.test(file?.text ?? '')) ?? null;
}
