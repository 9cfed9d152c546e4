import { cleanPath, isTooLongPath } from '../../model/clean-path.ts';
import { isSymbolPath } from './entries.ts';
import { readManifest } from './manifest.ts';
import type { Subject } from './subject.ts';

/** How eKuiper uses the manifest's "executable": it compares the value, not cleaned, with cleaned entry names. */
export type ExecutableValue =
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
