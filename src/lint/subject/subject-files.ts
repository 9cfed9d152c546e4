import { has } from '../../model/behaviours.ts';
import { exactMember, type Span } from '../../model/json/node.ts';
import type { PluginSymbol } from '../../model/symbol.ts';
import type { JsonFile, Subject, SymbolFile, TextFile } from './subject.ts';

/** The manifest and every symbol file. */
export function jsonFilesOf(subject: Subject): readonly JsonFile[] {
  return subject.manifest ? [subject.manifest, ...subject.symbolFiles] : subject.symbolFiles;
}

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

/** Indexes by name, built once: a package may have 65,535 files. */
interface Index {
  readonly declared: ReadonlySet<string>;
  readonly symbolFiles: ReadonlyMap<string, SymbolFile>;
  readonly foldedSymbolFiles: ReadonlyMap<string, SymbolFile>;
  readonly yamlFiles: ReadonlyMap<string, TextFile>;
}

const indexes = new WeakMap<Subject, Index>();

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

interface DescribedFunction {
  readonly name: string;
  readonly file: SymbolFile;
  readonly at: Span;
}

/** Every function that a file in `functions/` describes: by the names in the files, not by the file names. */
export function describedFunctions(subject: Subject): DescribedFunction[] {
  return subject.symbolFiles
    .filter(({ symbol }) => symbol.kind === 'function')
    .flatMap((file) => {
      const list = file.fixed.ok ? exactMember(file.fixed.root, 'functions')?.value : null;
      const items = list?.type === 'array' ? list.items : [];
      return items.flatMap((item) => {
        const name = exactMember(item, 'name')?.value;
        if (name?.type !== 'string' || name.value === '') return [];
        return [{ name: name.value, file, at: { start: name.start, end: name.end } }];
      });
    });
}

/** Whether a file contains only white space. */
export function isEmptyFile({ source, flaws }: JsonFile): boolean {
  return flaws.length === 0 && source.text.trim() === '';
}

/**
 * Effect text for a JSON file that Go cannot decode: eKuiper uses nothing of it. `words` is Go's message. Source:
 * docs/files.md#what-a-bad-file-means.
 */
export function effectOfUnreadable(subject: Subject, file: JsonFile, words: string): string {
  const symbol = symbolFileAt(subject, file.path)?.symbol;
  if (!symbol) return `eKuiper refuses the install: "fail to install plugin: ${words}"`;
  switch (symbol.kind) {
    case 'source':
      return sourceEffect(subject, symbol.name);
    case 'sink':
      return `${NO_METADATA} (${words}); at its next start it also shows none for the sinks that sort after it`;
    case 'function':
      return 'GET /metadata/functions becomes invalid JSON as a whole, so the manager lists no function at all';
  }
}

const NO_METADATA = 'the install succeeds, but eKuiper shows no metadata for it';

function sourceEffect(subject: Subject, name: string): string {
  const lost = has(subject.target, 'lowers-yaml-keys');
  return lost
    ? `${NO_METADATA}, and silently drops the whole of sources/${name}.yaml`
    : `${NO_METADATA} ("not found about of …")`;
}
