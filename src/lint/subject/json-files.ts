import { has } from '../../model/behaviours.ts';
import { symbolFileAt } from './lookup.ts';
import type { JsonFile, Subject, SymbolFile } from './subject.ts';

/** The manifest and every symbol file. */
export function jsonFilesOf(subject: Subject): readonly JsonFile[] {
  return subject.manifest ? [subject.manifest, ...subject.symbolFiles] : subject.symbolFiles;
}

/** The symbol file with the same path as a JSON file; null for the manifest. */
export function asSymbolFile(subject: Subject, file: JsonFile): SymbolFile | null {
  return symbolFileAt(subject, file.path);
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
  const symbol = asSymbolFile(subject, file)?.symbol;
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
