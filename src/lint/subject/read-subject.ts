import { decodeUtf8 } from '../../model/json/bytes.ts';
import { looseManifest, symbolsOf } from '../../model/plugin/manifest.ts';
import { sourceText } from '../../model/source-text.ts';
import { FOLDER_OF, type PluginSymbol, SYMBOL_KINDS } from '../../model/symbol.ts';
import type { Target } from '../../model/target.ts';
import { TEXT_LIMITS } from '../../model/text-limits.ts';
import type { PluginView } from '../../model/view.ts';
import { yamlInput } from '../../model/yaml/scan/input.ts';
import { filesIn, firstFiles, type SizedFile } from './entries.ts';
import { findManifest, readJson } from './find-manifest.ts';
import type { PythonParser } from './python-parser.ts';
import type { JsonFile, Subject, SymbolFile, TextFile } from './subject.ts';

/** The rules text-not-checked, yaml-not-checked and program-not-checked report longer files. */
const MOST_BYTES = TEXT_LIMITS.textFile + 1;

/** Reads and parses everything that rules check, each file once. */
export async function readSubject(
  view: PluginView,
  target: Target,
  parsePython: PythonParser | null = null,
): Promise<Subject> {
  const [manifest, symbolFiles, yamlFiles] = await Promise.all([
    findManifest(view),
    readSymbolFiles(view),
    readYamlFiles(view),
  ]);
  const name = manifest ? manifest.path.replace(/\.json$/i, '') : null;
  const decoded = manifest?.fixed.ok ? looseManifest(manifest.fixed.root, name ?? '') : null;
  return {
    view,
    target,
    name,
    manifest,
    decoded,
    symbols: decoded ? unique(symbolsOf(decoded)) : [],
    symbolFiles,
    yamlFiles,
    parsePython,
    text: textReader(view, [manifest, ...symbolFiles, ...yamlFiles]),
  };
}

/** A symbol that is declared twice is one symbol: a manifest of 1 MB may declare one 200,000 times. */
function unique(symbols: readonly PluginSymbol[]): PluginSymbol[] {
  const named = symbols.filter(({ name }) => name !== '');
  return Array.from(new Map(named.map((one) => [`${one.kind} ${one.name}`, one])).values());
}

async function readSymbolFiles(view: PluginView): Promise<SymbolFile[]> {
  const files = firstFiles(symbolFilesIn(view)).map(async ({ path }): Promise<SymbolFile[]> => {
    const symbol = symbolOfPath(path);
    const file = symbol && (await readJson(view, path));
    return symbol && file ? [{ ...file, symbol }] : [];
  });
  return (await Promise.all(files)).flat();
}

/** The files that are read, and those above the limit; see {@link firstFiles}. */
export function symbolFilesIn(view: PluginView): readonly SizedFile[] {
  return filesIn(view.entries, isSymbolFile);
}

const isSymbolFile = (path: string): boolean => symbolOfPath(path) !== null;
const isYamlFile = (path: string): boolean => /^sources\/[^/]+\.yaml$/.test(path);

/** `sinks/x.json` → the sink `x`; null for deeper and other paths. */
function symbolOfPath(path: string): PluginSymbol | null {
  const match = /^([a-z]+)\/([^/]+)\.json$/.exec(path);
  const kind = SYMBOL_KINDS.find((one) => FOLDER_OF[one] === match?.[1]);
  return kind && match?.[2] !== undefined ? { kind, name: match[2] } : null;
}

async function readYamlFiles(view: PluginView): Promise<TextFile[]> {
  const files = firstFiles(yamlFilesIn(view)).map(async ({ path }): Promise<TextFile[]> => {
    const bytes = await view.read(path, MOST_BYTES);
    // YAML may be UTF-16.
    return bytes ? [{ path, bytes, source: sourceText(yamlInput(bytes).text) }] : [];
  });
  return (await Promise.all(files)).flat();
}

/** The files that are read, and those above the limit; see {@link firstFiles}. */
export function yamlFilesIn(view: PluginView): readonly SizedFile[] {
  return filesIn(view.entries, isYamlFile);
}

async function readText(view: PluginView, path: string): Promise<TextFile | null> {
  const bytes = (await view.read(path, MOST_BYTES)) ?? (await view.readProject(path, MOST_BYTES));
  return bytes && { path, bytes, source: sourceText(decodeUtf8(bytes)) };
}

function textReader(
  view: PluginView,
  known: readonly (JsonFile | TextFile | null)[],
): Subject['text'] {
  const texts = new Map<string, Promise<TextFile | null>>();
  for (const file of known) {
    if (!file) continue;
    const { path, source, bytes } = file;
    texts.set(path, Promise.resolve({ path, source, bytes }));
  }
  return (path) => {
    const text = texts.get(path) ?? readText(view, path);
    texts.set(path, text);
    return text;
  };
}
