import { sortedByBytes } from '../../model/byte-order.ts';
import { parseGoJsonBytes } from '../../model/json/bytes.ts';
import { fixJson, type JsonFlaw } from '../../model/json/fix.ts';
import { memberOf } from '../../model/json/member.ts';
import { parseGoJson } from '../../model/json/parse.ts';
import { sourceText } from '../../model/source-text.ts';
import { TEXT_LIMITS } from '../../model/text-limits.ts';
import type { PluginView } from '../../model/view.ts';
import { filesIn, firstFiles, type SizedFile } from './file-limits.ts';
import type { JsonFile } from './subject.ts';

const MANIFEST_KEYS = ['language', 'executable', 'sources', 'sinks', 'functions'];

/** JSON files of other tools in a project's root. */
const OTHER_TOOLS =
  /^(package(-lock)?|tsconfig.*|jsconfig|biome|composer|renovate|deno|components|pyrightconfig|.*\.schema)\.json$|^\./;

/**
 * Finds the manifest among the JSON files of the root: the most likely one. In a tie the file with the container's name
 * wins, then the first by the bytes of its name, because a zip and what is packed from it hold their files in different
 * orders. Null when no file can be the manifest.
 */
export async function findManifest(view: PluginView): Promise<JsonFile | null> {
  const hint = baseName(view.label);
  let best: { readonly file: JsonFile; readonly score: number } | null = null;
  // One at a time: of tens of thousands of files only the best is kept in memory.
  for (const name of rootJsonFiles(view, hint)) {
    const file = await readJson(view, name);
    const points = file ? score(file, hint) : 0;
    if (file && points > (best?.score ?? 0)) best = { file, score: points };
  }
  return best?.file ?? null;
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
export function isRootJson(path: string): boolean {
  return /^[^/]+\.json$/i.test(path);
}

/** Whether a file of this path may be the manifest, independent of its content. */
export function mayBeManifest(path: string): boolean {
  return isRootJson(path) && !OTHER_TOOLS.test(path);
}

function score(file: JsonFile, hint: string): number {
  const { fixed, source } = file;
  const named = stem(file.path) === hint ? 1 : 0;
  const keys = fixed.ok
    ? MANIFEST_KEYS.filter((key) => memberOf(fixed.root, key) !== null)
    : MANIFEST_KEYS.filter((key) => source.text.toLowerCase().includes(`"${key}"`));
  if (keys.length >= 2) return 10 * keys.length + named;
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
