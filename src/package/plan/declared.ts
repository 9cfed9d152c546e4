import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, posix } from 'node:path';

/** What a project's manifest says about its files, read as leniently as possible: judging it is lint's work. */
export interface Declared {
  readonly language: string | null;
  /** Cleaned of `./`; null when it has none. */
  readonly executable: string | null;
  /** The manifest, the executable and every symbol file, whether they exist or not. */
  readonly files: readonly string[];
}

const NOTHING: Declared = { language: null, executable: null, files: [] };
const FOLDERS = ['sources', 'sinks', 'functions'] as const;

/** Finds the manifest in a project's root: the JSON object with a language and symbols. */
export function declaredFiles(root: string): Declared {
  const names = readdirSync(root).filter((name) => name.endsWith('.json') && !name.startsWith('.'));
  const preferred = `${basename(root)}.json`;
  names.sort((a, b) => Number(b === preferred) - Number(a === preferred) || (a < b ? -1 : 1));
  for (const name of names) {
    const found = fromManifest(name, keysOf(join(root, name)));
    if (found) return found;
  }
  return NOTHING;
}

/** Keys in lower case, as Go matches them. */
function keysOf(file: string): Map<string, unknown> {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
    if (typeof value !== 'object' || value === null) return new Map();
    return new Map(Object.entries(value).map(([key, item]) => [key.toLowerCase(), item]));
  } catch {
    return new Map();
  }
}

function fromManifest(name: string, keys: ReadonlyMap<string, unknown>): Declared | null {
  const symbols = FOLDERS.flatMap((folder) => namesIn(keys.get(folder)).map((x) => [folder, x]));
  if (!keys.has('language') && !keys.has('executable')) return null;
  if (!keys.has('executable') && symbols.length === 0) return null;
  const executable = pathOf(keys.get('executable'));
  const symbolFiles = symbols.flatMap(([folder, symbol]) => [
    `${folder}/${symbol}.json`,
    `${folder}/${symbol}.yaml`,
  ]);
  const language = keys.get('language');
  return {
    language: typeof language === 'string' ? language : null,
    executable,
    files: [name, ...(executable === null ? [] : [executable]), ...symbolFiles],
  };
}

function namesIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function pathOf(value: unknown): string | null {
  if (typeof value !== 'string' || value === '') return null;
  const path = posix.normalize(value);
  return path.startsWith('..') || path.startsWith('/') || path === '.' ? null : path;
}
