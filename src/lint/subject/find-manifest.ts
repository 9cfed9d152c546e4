import { sortedByBytes } from '../../model/byte-text.ts';
import { parseGoJsonBytes } from '../../model/json/bytes.ts';
import { fixJson, type JsonFlaw } from '../../model/json/fix.ts';
import { memberOf } from '../../model/json/node.ts';
import { parseGoJson } from '../../model/json/parse.ts';
import { sourceText } from '../../model/source-text.ts';
import { TEXT_LIMITS } from '../../model/text-limits.ts';
import type { Entry, PluginView } from '../../model/view.ts';
import { filesIn, firstFiles, type SizedFile } from './entries.ts';
import type { JsonFile } from './subject.ts';

const SYMBOL_FOLDERS = ['sources', 'sinks', 'functions'];
const MANIFEST_KEYS = ['language', 'executable', ...SYMBOL_FOLDERS];

/** JSON files of other tools in a project's root. */
const OTHER_TOOLS =
  /^(package(-lock)?|tsconfig.*|jsconfig|biome|composer|renovate|deno|components|pyrightconfig|.*\.schema)\.json$|^\./;

/**
 * Finds the manifest among the JSON files of the root: the most likely one. In a tie the file with the container's name
 * wins, then the first by the bytes of its name, because a zip and what is packed from it hold their files in different
 * orders. Null when no file can be the manifest.
 *
 * A zip and what is packed from it never have two different ones: a link of the zip, which packing replaces by the
 * file that it leads to, loses to every manifest that is a file; without one the zip has none, for the link may be it.
 */
export async function findManifest(view: PluginView): Promise<JsonFile | null> {
  const hint = baseName(view.label);
  const links = linksAtRoot(view);
  let best: { readonly file: JsonFile; readonly score: number } | null = null;
  // One at a time: of tens of thousands of files only the best is kept in memory.
  for (const name of rootJsonFiles(view, hint)) {
    const file = await readJson(view, name);
    const points = file ? score(file, hint, links.has(name)) : 0;
    if (file && points > (best?.score ?? 0)) best = { file, score: points };
  }
  const isUnknown = view.form === 'zip' && links.size > 0 && (best?.score ?? 0) < SURE;
  return isUnknown ? null : (best?.file ?? null);
}

/** The links of a zip that may lead to its manifest; their paths are those of the package that is made from it. */
function linksAtRoot({ from, entries }: PluginView): ReadonlySet<string> {
  const wrapping = from?.wrapping ?? '';
  const links = (from?.entries ?? entries).filter(({ kind }) => kind === 'symlink');
  const paths = links.flatMap(({ path }) =>
    path.startsWith(wrapping) ? [path.slice(wrapping.length)] : [],
  );
  return new Set(paths.filter(mayBeManifest));
}

/**
 * Decodes a JSON file of the view as Go does; null when it does not exist, or is longer than kplugin reads
 * (text-not-checked).
 */
export async function readJson(view: PluginView, path: string): Promise<JsonFile | null> {
  const bytes = await view.read(path, TEXT_LIMITS.textFile + 1);
  if (!bytes || bytes.length > TEXT_LIMITS.textFile) return null;
  const { text, json } = parseGoJsonBytes(bytes);
  const file = { path, bytes, source: sourceText(text), json };
  if (json.ok) return { ...file, fixed: json, flaws: [] };
  const { text: fixed, flaws } = fixJson(text);
  return {
    ...file,
    fixed: parseGoJson(fixed),
    flaws: flaws.length > 0 ? flaws : utf16Flaw(bytes),
  };
}

/** A UTF-16 file has a byte order mark too; decoding removed it. */
function utf16Flaw([first, second]: Uint8Array): JsonFlaw[] {
  const isMarked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return isMarked ? [{ kind: 'byte-order-mark', at: { start: 0, end: 1 } }] : [];
}

/** The most likely first, because the number of files that are read is limited. */
function rootJsonFiles(view: PluginView, hint: string): string[] {
  const files = sortedByBytes(rootFilesIn(view), ({ path }) => path);
  const first = firstFiles(files);
  if (first.length === files.length) return first.map(({ path }) => path);
  const named = files.filter(({ path }) => stem(path) === hint);
  return firstFiles([...named, ...files]).map(({ path }) => path);
}

/** The files that are read, and those above the limit; see {@link firstFiles}. */
export function rootFilesIn(view: PluginView): readonly SizedFile[] {
  return filesIn(view.entries, isRootJson);
}

/** Whether a path may be that of the manifest. */
function isRootJson(path: string): boolean {
  return /^[^/]+\.json$/i.test(path);
}

/** Whether a file of this path may be the manifest, independent of its content. */
export function mayBeManifest(path: string): boolean {
  return isRootJson(path) && !OTHER_TOOLS.test(path);
}

/** More than the score of any link: that of a file which is a manifest by its keys. */
const SURE = 1000;

function score(file: JsonFile, hint: string, isLink: boolean): number {
  const { fixed, source } = file;
  const named = stem(file.path) === hint ? 1 : 0;
  const keys = fixed.ok
    ? MANIFEST_KEYS.filter((key) => memberOf(fixed.root, key) !== null)
    : MANIFEST_KEYS.filter((key) => source.text.toLowerCase().includes(`"${key}"`));
  if (keys.length >= 2) return (isLink ? 0 : SURE) + 10 * keys.length + named;
  if (OTHER_TOOLS.test(file.path)) return 0;
  return 1 + keys.length + named;
}

function stem(path: string): string {
  return path.replace(/\.json$/i, '');
}

/** `dist/probe-1.0.0-linux-arm64.zip` and `plugins/probe/` both suggest `probe`. */
function baseName(label: string): string {
  const last = label.split(/[/\\]/).findLast((part) => part !== '') ?? '';
  return last.replace(/\.zip$/i, '').replace(/-v?\d{1,9}\.\d.*/s, '');
}

/** A manifest at a path where eKuiper does not look for it. */
interface StrayManifest {
  readonly fault: 'in-folder' | 'dot-slash' | 'extension-case';
  readonly entry: Entry;
  /** The plugin's name, from the file name. */
  readonly name: string;
}

/**
 * Files that would be the manifest if their entry were named `<name>.json`: in the only folder at the top, written as
 * `./x.json` or another path that is cleaned to it, or with another letter case in `.json`
 * (docs/files.md#package-layout).
 */
export function strayManifests(view: PluginView): StrayManifest[] {
  const wrapper = wrappingFolder(view);
  return view.entries.flatMap((entry) => {
    const fault = faultOf(entry, wrapper);
    if (fault === null || entry.kind === 'directory') return [];
    return [{ fault, entry, name: stem(entry.path.replace(/^.*\//, '')) }];
  });
}

function faultOf(entry: Entry, wrapper: string | null): StrayManifest['fault'] | null {
  if (!/\.json$/i.test(entry.path)) return null;
  const slash = entry.path.indexOf('/');
  if (slash < 0) {
    if (!entry.path.endsWith('.json')) return 'extension-case';
    return entry.rawName === entry.path ? null : 'dot-slash';
  }
  const isAlone = entry.path.indexOf('/', slash + 1) < 0;
  return isAlone && entry.path.slice(0, slash) === wrapper ? 'in-folder' : null;
}

/**
 * The only folder at the top of a plugin when there are no files beside it (files that macOS adds do not count); else
 * null.
 */
export function wrappingFolder(view: PluginView): string | null {
  let only: string | null = null;
  for (const { path, kind } of view.entries) {
    if (/^(__MACOSX(\/|$)|\.DS_Store$)/.test(path)) continue;
    const slash = path.indexOf('/');
    if (slash < 0 && kind !== 'directory') return null;
    const top = slash < 0 ? path : path.slice(0, slash);
    if (only !== null && top !== only) return null;
    only = top;
  }
  if (only === null || only === '') return null;
  return SYMBOL_FOLDERS.includes(only) ? null : only;
}
