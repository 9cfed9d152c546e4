import path from 'node:path';
import { looksLike, saveAsUtf8, wrongEncoding } from '../lint/subject/encoding.ts';
import { compareFindings, compareText, type Finding } from '../model/finding.ts';
import { decodeUtf8 } from '../model/json/bytes.ts';
import { type SourceText, sourceText } from '../model/source-text.ts';
import { type Listed, listDirectory } from '../package/files/list-directory.ts';
import { readRegularFile } from '../package/files/regular-file.ts';
import { type Case, type CheckPlan, NO_CHECK_PLAN } from './case/case.ts';
import { Mistakes } from './case/mistakes.ts';
import { type DecodedFile, decodeFile, type KnownSymbols } from './read/decode-file.ts';
import { treeOf } from './read/tree.ts';

export interface CaseFiles {
  /** Paths as in messages, sorted; empty when the directory does not exist. */
  readonly files: readonly string[];
  /** In the order of the files; cases with mistakes are left out. */
  readonly cases: readonly Case[];
  readonly checkPlan: CheckPlan;
  /** The mistakes of all files, in reading order. If there are any, no case should be run. */
  readonly mistakes: readonly Finding[];
  /** The texts of the files with mistakes, by path. */
  readonly texts: ReadonlyMap<string, SourceText>;
}

interface ReadOptions {
  /** The absolute path of the directory: `<project>/tests`. */
  readonly directory: string;
  /** The name of the directory in messages: `tests`. */
  readonly label: string;
  /** The declared symbols of the manifest; null: names are not checked. */
  readonly symbols: KnownSymbols;
}

interface ReadFile extends DecodedFile {
  readonly mistakes: Mistakes;
}

/**
 * Reads `*.yaml`, `*.yml` and `*.json` of a directory, not of its subdirectories; mistakes are returned as data. A
 * missing directory has no files. Throws when the directory or a file cannot be read.
 */
export async function readCases({ directory, label, symbols }: ReadOptions): Promise<CaseFiles> {
  const names = caseFileNames(directory);
  const read = await Promise.all(
    names.map(async (name): Promise<ReadFile> => {
      const bytes = await readRegularFile(path.join(directory, name));
      const file = `${label}/${name}`;
      return unreadable(file, bytes) ?? readCaseText(file, decodeUtf8(bytes), symbols);
    }),
  );
  reportSameNames(read);
  return {
    files: read.map(({ mistakes }) => mistakes.file),
    cases: read.flatMap(({ cases }) => cases),
    checkPlan: {
      skip: read.flatMap(({ checkPlan }) => checkPlan.skip),
      settings: new Map(read.flatMap(({ checkPlan }) => [...checkPlan.settings])),
    },
    mistakes: read.flatMap(({ mistakes }) => mistakes.found).sort(compareFindings),
    texts: new Map(read.map(({ mistakes }) => [mistakes.file, mistakes.source])),
  };
}

/** The finding of a file in another encoding than UTF-8, instead of syntax errors. Null for all others. */
function unreadable(file: string, bytes: Uint8Array): ReadFile | null {
  const wrong = wrongEncoding(bytes);
  if (wrong === null) return null;
  const mistakes = new Mistakes(file, sourceText(decodeUtf8(bytes)));
  // In UTF-16 the shown line is the first one.
  const start = wrong.isWide ? 0 : decodeUtf8(bytes.subarray(0, wrong.offset)).length;
  mistakes.add({
    rule: 'case-syntax',
    at: { start, end: start + 1 },
    message: `the file is not UTF-8; ${looksLike(wrong)}`,
    why: 'kplugin reads case files as UTF-8',
    hint: saveAsUtf8(wrong, file),
  });
  return { cases: [], names: [], checkPlan: NO_CHECK_PLAN, mistakes };
}

/** Reads one file on its own. */
function readCaseText(file: string, text: string, symbols: KnownSymbols): ReadFile {
  const mistakes = new Mistakes(file, sourceText(text));
  const root = treeOf(file, text, mistakes);
  return { ...decodeFile(root, mistakes, symbols), mistakes };
}

function caseFileNames(directory: string): string[] {
  return entriesOf(directory)
    .filter(({ name, item }) => !item.isDirectory() && /^[^.].*\.(ya?ml|json)$/.test(name))
    .map(({ name }) => name)
    .sort(compareText);
}

function entriesOf(directory: string): Listed[] {
  try {
    return listDirectory(directory);
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return [];
    throw thrown;
  }
}

/** A report identifies a case by symbol and name, so each pair must be unique in all files. */
function reportSameNames(files: readonly ReadFile[]): void {
  const first = new Map<string, string>();
  for (const { names, mistakes } of files) {
    for (const { name, of, at } of names) {
      const key = `${of} ${name}`;
      const place = `${mistakes.file}:${mistakes.line(at)}`;
      const before = first.get(key);
      if (before === undefined || name === '') first.set(key, place);
      else {
        mistakes.add({
          rule: 'case-duplicate-name',
          at,
          message: `another case${of === '' ? '' : ` of ${of}`} is called "${name}" too`,
          why: `it stands in ${before}; a report could not tell the two apart`,
          hint: 'Give one of them another name',
        });
      }
    }
  }
}
