import { readManifest } from '../subject/manifest.ts';
import type { Subject } from '../subject/subject.ts';
import { type SymbolClass, symbolClasses } from './python/symbol-classes.ts';
import { reachedFiles } from './source-files.ts';

const classes = new WeakMap<Subject, Promise<readonly SymbolClass[]>>();

/** The sources, sinks and functions in the files that a Python program runs; empty for other languages. */
export function pythonSymbols(subject: Subject): Promise<readonly SymbolClass[]> {
  const known = classes.get(subject) ?? findSymbols(subject);
  classes.set(subject, known);
  return known;
}

async function findSymbols(subject: Subject): Promise<readonly SymbolClass[]> {
  if (readManifest(subject)?.info.language !== 'python') return [];
  const files = await reachedFiles(subject);
  return symbolClasses(files.map(({ file }) => file));
}
