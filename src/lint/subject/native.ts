import { memberOf } from '../../model/json/member.ts';
import type { Subject } from './subject.ts';

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
