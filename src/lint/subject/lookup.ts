import type { PluginSymbol } from '../../model/symbol.ts';
import type { Subject, SymbolFile, TextFile } from './subject.ts';

/** Indexes by name, built once: a package may have 65,535 files. */
interface Index {
  readonly declared: ReadonlySet<string>;
  readonly symbolFiles: ReadonlyMap<string, SymbolFile>;
  readonly foldedSymbolFiles: ReadonlyMap<string, SymbolFile>;
  readonly yamlFiles: ReadonlyMap<string, TextFile>;
}

const indexes = new WeakMap<Subject, Index>();

/** Whether the manifest declares a symbol. */
export function isDeclared(subject: Subject, { kind, name }: PluginSymbol): boolean {
  return indexOf(subject).declared.has(`${kind} ${name}`);
}

/** The symbol file at a path; null when there is none. */
export function symbolFileAt(subject: Subject, path: string): SymbolFile | null {
  return indexOf(subject).symbolFiles.get(path) ?? null;
}

/** A symbol file whose path differs only in letter case. */
export function symbolFileLike(subject: Subject, path: string): SymbolFile | null {
  return indexOf(subject).foldedSymbolFiles.get(path.toLowerCase()) ?? null;
}

/** The YAML of a source at a path; null when there is none. */
export function yamlFileAt(subject: Subject, path: string): TextFile | null {
  return indexOf(subject).yamlFiles.get(path) ?? null;
}

function indexOf(subject: Subject): Index {
  let index = indexes.get(subject);
  if (!index) {
    const { symbols, symbolFiles, yamlFiles } = subject;
    index = {
      declared: new Set(symbols.map(({ kind, name }) => `${kind} ${name}`)),
      symbolFiles: new Map(symbolFiles.map((file) => [file.path, file])),
      foldedSymbolFiles: new Map(symbolFiles.map((file) => [file.path.toLowerCase(), file])),
      yamlFiles: new Map(yamlFiles.map((file) => [file.path, file])),
    };
    indexes.set(subject, index);
  }
  return index;
}
