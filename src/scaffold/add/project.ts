import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { findManifest } from '../../lint/subject/find-manifest.ts';
import type { JsonFile } from '../../lint/subject/subject.ts';
import { cleanPath, isTooLongPath } from '../../model/clean-path.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { fieldOf, type JsonNode, textOf } from '../../model/json/node.ts';
import { parseGoJson } from '../../model/json/parse.ts';
import { nullUnlessLimit } from '../../model/machine-limit.ts';
import { symbolsOf, unmarshalPluginInfo } from '../../model/plugin/manifest.ts';
import { fileWord } from '../../model/shell-word.ts';
import { type PluginSymbol, symbolFile } from '../../model/symbol.ts';
import { readRegularFile } from '../../package/files/regular-file.ts';
import { rootView } from '../../package/plan/declared.ts';
import { type Author, LANGUAGES, type Language } from '../answers.ts';

/** Finds the file that registers a project's symbols with the SDK; null when there is none. */
const FIND: Record<Language, (root: string, executable: string) => Promise<MainFile | null>> = {
  python: readText,
  go: goMain,
  typescript: typescriptMain,
};

/** Limit of symbol files that are read for an author: if none of these has one, the others have none either. */
const MOST_ASKED = 100;

/** The facts about a plugin project that `add` needs. */
export interface Project {
  readonly root: string;
  readonly name: string;
  readonly language: Language;
  readonly symbols: readonly PluginSymbol[];
  readonly manifest: {
    readonly path: string;
    readonly text: string;
    readonly node: Extract<JsonNode, { type: 'object' }>;
  };
  /** The program that registers the symbols; null when none was found. */
  readonly main: MainFile | null;
  /** The author in the other symbol files; empty when they have none. */
  readonly author: Author;
}

/**
 * Reads the project in a folder. Throws KpluginError (exit 2) when there is no manifest, or for a language without
 * templates.
 */
export async function openProject(root: string): Promise<Project> {
  const manifest = await readManifest(root);
  const name = manifest.path.replace(/\.json$/i, '');
  const { info } = unmarshalPluginInfo(manifest.node, name);
  const language = await languageOf(root, info.language);
  if (!language) throw unknownLanguage(manifest.path, info.language);
  const symbols = symbolsOf({
    sources: info.sources ?? [],
    sinks: info.sinks ?? [],
    functions: info.functions ?? [],
  });
  return {
    root,
    name,
    language,
    symbols,
    manifest,
    main: await FIND[language](root, info.executable),
    author: await knownAuthor(root, symbols),
  };
}

/**
 * The manifest says "go" for every executable file: a project with a package.json and no Go is a TypeScript project.
 */
async function languageOf(root: string, written: string): Promise<Language | null> {
  if (written !== 'go') return LANGUAGES.find((known) => known === written) ?? null;
  const [goModule, nodePackage] = await Promise.all([
    readText(root, 'go.mod'),
    readText(root, 'package.json'),
  ]);
  return goModule === null && nodePackage !== null ? 'typescript' : 'go';
}

async function readManifest(root: string): Promise<Project['manifest']> {
  const found = await manifestIn(root);
  if (!found) {
    throw new KpluginError({
      code: 'no-manifest',
      exit: EXIT.usage,
      message: `${root} is no plugin project: it has no manifest (<name>.json)`,
      hint: 'run it in the project, say where that is with --dir, or begin one with kplugin init',
    });
  }
  if (found.json.ok && found.json.root.type === 'object') {
    return { path: found.path, text: found.source.text, node: found.json.root };
  }
  throw new KpluginError({
    code: 'manifest-unreadable',
    exit: EXIT.usage,
    message: `the manifest ${found.path} cannot be read`,
    reason: found.json.ok ? 'it is no JSON object' : found.json.message,
    hint: `kplugin validate ${fileWord(root)}\n(shows the place; fix it, then run the same command again)`,
  });
}

async function manifestIn(root: string): Promise<JsonFile | null> {
  try {
    return await findManifest(rootView(root, root));
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw thrown;
  }
}

function unknownLanguage(manifest: string, language: string): KpluginError {
  return new KpluginError({
    code: 'unknown-language',
    exit: EXIT.usage,
    message: `kplugin writes no code for the language "${language}" of ${manifest}`,
    reason: 'it has templates for Python, Go and TypeScript',
    hint: 'correct the language, or write the symbol by hand',
  });
}

async function knownAuthor(root: string, symbols: readonly PluginSymbol[]): Promise<Author> {
  for (const symbol of symbols.slice(0, MOST_ASKED)) {
    const file = await readText(root, symbolFile(symbol));
    const json = file && parseGoJson(file.text);
    const author = json?.ok ? fieldOf(fieldOf(json.root, 'about'), 'author') : null;
    if (author === null) continue;
    const text = (key: string): string => textOf(fieldOf(author, key));
    return { name: text('name'), email: text('email'), website: text('website') };
  }
  return { name: '', email: '', website: '' };
}

/** A source file by its POSIX path inside the project. */
interface MainFile {
  readonly path: string;
  readonly text: string;
}

/** A text file of the project; null when it does not exist or is outside of the project. */
async function readText(root: string, file: string): Promise<MainFile | null> {
  if (file === '' || isTooLongPath(file) || path.isAbsolute(file) || file.split('/').includes('..'))
    return null;
  const bytes = await readRegularFile(path.join(root, file)).catch(nullUnlessLimit);
  return bytes && { path: cleanPath(file), text: bytes.toString('utf8') };
}

/** The Go file of the main package that contains the PluginConfig. */
async function goMain(root: string): Promise<MainFile | null> {
  const names = (await readdir(root)).filter(
    (name) => name.endsWith('.go') && !name.endsWith('_test.go'),
  );
  const files = await Promise.all(names.sort().map((name) => readText(root, name)));
  return files.find((file) => file?.text.includes('PluginConfig{')) ?? null;
}

/** The TypeScript module that contains the PluginDefinition. */
async function typescriptMain(root: string): Promise<MainFile | null> {
  const names = ['src/plugin.ts', 'src/main.ts', 'src/index.ts'];
  const files = await Promise.all(names.map((name) => readText(root, name)));
  const defines = /\bPluginDefinition\b|\bstartPlugin\s*\(\s*\{/;
  return files.find((file) => defines.test(file?.text ?? '')) ?? null;
}
