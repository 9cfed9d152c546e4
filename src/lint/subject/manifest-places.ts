import type { Entry, PluginView } from '../../model/view.ts';

/** A manifest at a path where eKuiper does not look for it. */
export interface StrayManifest {
  readonly fault: 'in-folder' | 'dot-slash' | 'extension-case';
  readonly entry: Entry;
  /** The plugin's name, from the file name. */
  readonly name: string;
}

const SYMBOL_FOLDERS = ['sources', 'sinks', 'functions'];

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
    return [{ fault, entry, name: entry.path.replace(/^.*\//, '').replace(/\.json$/i, '') }];
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
