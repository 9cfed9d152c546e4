import { cleanPath, isTooLongPath } from '../../model/clean-path.ts';
import { type JsonNode, memberOf, type Span } from '../../model/json/node.ts';
import { type PluginInfo, unmarshalPluginInfo } from '../../model/plugin/manifest.ts';
import { FOLDER_OF, type PluginSymbol, SYMBOL_KINDS } from '../../model/symbol.ts';
import { isSymbolPath } from './entries.ts';
import type { Subject } from './subject.ts';

type ManifestKey = keyof PluginInfo;

/** A parsed manifest: the values that eKuiper decodes, and their places. */
export interface ReadManifest {
  readonly path: string;
  readonly info: PluginInfo;
  /** The key and value that Go uses (any letter case, the last one wins); null when the key is absent. */
  member(key: ManifestKey): { readonly key: Span; readonly value: JsonNode } | null;
  /** Whether the key's value is a string, absent or null; anything else is a type error. */
  isText(key: ManifestKey): boolean;
  /** The range to report for a key: its value, else the opening brace. */
  at(key: ManifestKey): Span;
}

/** Cached, because nearly every rule calls it and a manifest may have 100,000 members. */
const manifests = new WeakMap<Subject, ReadManifest | null>();

/**
 * The plugin's manifest; null when it is missing, not a JSON object, or a native plugin's (other rules report these).
 */
export function readManifest(subject: Subject): ReadManifest | null {
  const known = manifests.get(subject);
  if (known !== undefined) return known;
  const read = decodeManifest(subject);
  manifests.set(subject, read);
  return read;
}

function decodeManifest(subject: Subject): ReadManifest | null {
  const { manifest, name } = subject;
  if (!manifest?.fixed.ok || manifest.fixed.root.type !== 'object') return null;
  if (nativeLibrary(subject) !== null) return null;
  const { root } = manifest.fixed;
  const { info } = unmarshalPluginInfo(root, name ?? '');
  const member: ReadManifest['member'] = (key) => {
    const found = memberOf(root, key);
    return found && { key: found.keySpan, value: found.value };
  };
  return {
    path: manifest.path,
    info,
    member,
    isText: (key) => ['string', 'null', undefined].includes(member(key)?.value.type),
    at: (key) => member(key)?.value ?? { start: root.start, end: root.start + 1 },
  };
}

const PORTABLE_KEYS = ['language', 'executable'];

/**
 * The shared object that makes a package a native plugin, or null: a `.so` in the root and no JSON file with the keys
 * of a portable plugin's manifest (docs/files.md#native-plugins).
 */
export function nativeLibrary({ view, manifest }: Subject): string | null {
  const library = view.entries.find(
    ({ path, kind }) => kind === 'file' && /^[^/]+\.so$/.test(path),
  );
  if (!library) return null;
  if (manifest && !manifest.json.ok) return null;
  const root = manifest?.json.ok ? manifest.json.root : null;
  return PORTABLE_KEYS.some((key) => memberOf(root, key)) ? null : library.path;
}

/** How eKuiper uses the manifest's "executable": it compares the value, not cleaned, with cleaned entry names. */
type ExecutableValue =
  | { readonly state: 'none' }
  /** Not the plain relative path of a file: `./x`, `x/`, `a\b`, `/x`; `clean` is the intended path, if any. */
  | { readonly state: 'not-clean'; readonly value: string; readonly clean: string | null }
  /** Linux allows no file with such a path, so no package can contain it. */
  | { readonly state: 'too-long'; readonly value: string }
  | { readonly state: 'symbol-folder'; readonly value: string }
  | { readonly state: 'usable'; readonly value: string };

/** Classifies "executable" by its text alone (docs/files.md#executable); a missing value or a wrong type is `none`. */
export function executableValue(subject: Subject): ExecutableValue {
  const value = readManifest(subject)?.info.executable ?? '';
  if (value === '') return { state: 'none' };
  if (isTooLongPath(value)) return { state: 'too-long', value };
  const clean = cleaned(value);
  if (clean !== value) return { state: 'not-clean', value, clean };
  return { state: isSymbolPath(value) ? 'symbol-folder' : 'usable', value };
}

/** The executable's path when eKuiper can look it up, else null; the file may still be missing. */
export function executablePath(subject: Subject): string | null {
  const found = executableValue(subject);
  return found.state === 'usable' ? found.value : null;
}

function cleaned(value: string): string | null {
  const slashed = value.trim().replaceAll('\\', '/');
  if (slashed.startsWith('/') || /^[A-Za-z]:/.test(slashed)) return null;
  const clean = cleanPath(slashed).replace(/\/$/, '');
  return clean === '.' || clean === '..' || clean.startsWith('../') ? null : clean;
}

/** Limit per kind; real plugins have fewer, and rules compare them with each other. */
const MOST_SYMBOLS = 1000;

/** A symbol in a list of the manifest. Go decodes a `null` item as an empty name. */
interface ListedSymbol extends PluginSymbol {
  readonly at: Span;
}

/** Every symbol in the order of the manifest, with its place; items of another type are skipped. */
export function listedSymbols(subject: Subject): readonly ListedSymbol[] {
  const manifest = readManifest(subject);
  if (!manifest) return [];
  return SYMBOL_KINDS.flatMap((kind) => {
    const list = manifest.member(FOLDER_OF[kind])?.value;
    if (list?.type !== 'array') return [];
    return list.items.slice(0, MOST_SYMBOLS).flatMap((item) => listed(kind, item));
  });
}

function listed(kind: PluginSymbol['kind'], item: JsonNode): ListedSymbol[] {
  const at = { start: item.start, end: item.end };
  if (item.type === 'string') return [{ kind, name: item.value, at }];
  return item.type === 'null' ? [{ kind, name: '', at }] : [];
}
