import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readSubject } from '../../lint/subject/read-subject.ts';
import { cleanPath, isTooLongPath } from '../../model/clean-path.ts';
import { nullUnlessLimit } from '../../model/machine-limit.ts';
import { symbolFile } from '../../model/symbol.ts';
import { NEWEST_TARGET } from '../../model/target.ts';
import type { PluginView } from '../../model/view.ts';
import { readRegularFile } from '../files/regular-file.ts';

/** The files that a project's manifest declares; lint validates it. */
export interface Declared {
  readonly language: string | null;
  /** Without `./`; null when it has none. */
  readonly executable: string | null;
  /** The manifest, the executable and every symbol file, whether or not they exist. */
  readonly files: readonly string[];
}

/** Parses the manifest in the root of a view or project as lint does. */
export async function declaredFiles(view: PluginView): Promise<Declared> {
  const { manifest, decoded, symbols } = await readSubject(view, NEWEST_TARGET);
  const executable = pathOf(decoded?.executable ?? '');
  // Added to a set one by one: a manifest of 1 MB may name the same symbol 200,000 times.
  const files = new Set([manifest?.path, executable].filter((path) => typeof path === 'string'));
  for (const symbol of symbols) {
    for (const path of [symbolFile(symbol), symbolFile(symbol, 'yaml')]) {
      if (!isTooLongPath(path)) files.add(path);
    }
  }
  return {
    language: decoded?.language ?? null,
    executable,
    files: [...files],
  };
}

/** A view with only the JSON files in a project's root, enough to find the manifest before the plan is made. */
export function rootView(root: string, label: string): PluginView {
  const items = readdirSync(root, { withFileTypes: true });
  const names = items.filter((item) => !item.isDirectory() && item.name.endsWith('.json'));
  const known = new Set(names.map(({ name }) => name));
  const read: PluginView['read'] = async (path) => {
    if (!known.has(path)) return null;
    // Lint does not read a longer manifest either.
    return readRegularFile(join(root, path)).catch(nullUnlessLimit);
  };
  return {
    form: 'directory',
    label,
    entries: names.map(({ name }) => ({
      path: name,
      rawName: name,
      kind: 'file' as const,
      size: 0,
      mode: null,
    })),
    problems: [],
    leftOut: new Map(),
    read,
    readProject: read,
    close: () => Promise.resolve(),
  };
}

function pathOf(value: string): string | null {
  if (value === '' || isTooLongPath(value)) return null;
  const path = cleanPath(value);
  return path.startsWith('../') || path.startsWith('/') || path.startsWith('.') ? null : path;
}
