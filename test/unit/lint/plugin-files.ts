import { GOOD_FILES } from './check-rule.ts';
import type { FileSpec } from './memory-view.ts';

const GOOD_MANIFEST: Readonly<Record<string, unknown>> = {
  version: '1.0.0',
  language: 'python',
  executable: 'main.py',
  sources: ['psrc'],
  sinks: ['psnk'],
  functions: ['pfn'],
};

type Files = Record<string, FileSpec>;

/** The good plugin with other manifest keys (`undefined` takes a key away) and other files beside them. */
export function withManifest(keys: Readonly<Record<string, unknown>>, more: Files = {}): Files {
  return {
    ...GOOD_FILES,
    'probe.json': JSON.stringify({ ...GOOD_MANIFEST, ...keys }),
    ...more,
  };
}

/** The good plugin with more files, or others at the same paths. */
export function withFiles(more: Files): Files {
  return { ...GOOD_FILES, ...more };
}

/** The good plugin without some of its files. */
export function without(...paths: readonly string[]): Files {
  return Object.fromEntries(Object.entries(GOOD_FILES).filter(([path]) => !paths.includes(path)));
}

/** The good plugin with every path (and so every raw name) changed. */
export function renamed(rename: (path: string) => string): Files {
  return Object.fromEntries(Object.entries(GOOD_FILES).map(([path, file]) => [rename(path), file]));
}

/** A program that is run by itself: `"language": "go"` and these bytes at `executable`. */
export function goProgram(content: string | Uint8Array, more: Files = {}): Files {
  const { 'main.py': _, ...files } = withManifest({ language: 'go', executable: 'run' });
  return { ...files, run: { text: content, mode: 0o755 }, ...more };
}
