import { type PluginSymbol, SYMBOL_KINDS, type SymbolKind } from '../../model/symbol.ts';
import type { Answers } from '../answers.ts';
import type { Templates } from '../templates.ts';

/** A file to write, by its POSIX path inside the project. */
export interface PlannedFile {
  readonly path: string;
  readonly text: string;
}

/** A symbol with its names in code. */
export interface NamedSymbol extends PluginSymbol {
  readonly code: CodeNames;
}

/** The names of a symbol in code, where fewer characters are allowed than in eKuiper. */
interface CodeNames {
  /** `my_meter_source`: Python module and Go file, without extension. */
  readonly file: string;
  /** `MyMeterSource` */
  readonly pascal: string;
  /** `myMeterSource` */
  readonly camel: string;
}

/** Generates the files of one language from the answers; pure, the texts come from the templates. */
export interface LanguageKit {
  /** `language` in the manifest: "python", or "go" for every executable file. */
  readonly manifestLanguage: 'go' | 'python';
  /** The file that eKuiper starts, as the manifest names it. */
  executable(pluginName: string): string;
  /** The source file that registers the symbols. */
  readonly mainFile: string;
  /** Base name of a symbol's files, without extension. */
  fileName(symbol: NamedSymbol): string;
  /** Whether sinks acknowledge rows when the rule requires it; eKuiper's SDK for Go no longer does. */
  readonly acknowledges: boolean;
  /** Files of every project: main program, requirements, README, ignore files. */
  projectFiles(
    answers: Answers,
    symbols: readonly NamedSymbol[],
    templates: Templates,
  ): PlannedFile[];
  /** Files that all symbols of a kind share. `main`: the text of the main program; empty in a new project. */
  sharedFiles(kind: SymbolKind, templates: Templates, main: string): PlannedFile[];
  /** Code and unit test of one symbol. */
  symbolFiles(symbol: NamedSymbol, templates: Templates): PlannedFile[];
  /** VS Code settings in addition to the schemas, and recommended extensions. */
  readonly editor: {
    readonly settings: Readonly<Record<string, unknown>>;
    readonly extensions: readonly string[];
  };
}

/** Adds the names in code to every symbol, in the same order. */
export function nameSymbols(symbols: readonly PluginSymbol[]): readonly NamedSymbol[] {
  const names = codeNames(symbols);
  return symbols.flatMap((symbol, index) => {
    const code = names[index];
    return code ? [{ ...symbol, code }] : [];
  });
}

/** The symbols of one kind. */
export function ofKind(symbols: readonly NamedSymbol[], kind: SymbolKind): readonly NamedSymbol[] {
  return symbols.filter((symbol) => symbol.kind === kind);
}

/** The kinds of the symbols, in the usual order. */
export function kindsOf(symbols: readonly PluginSymbol[]): readonly SymbolKind[] {
  return SYMBOL_KINDS.filter((kind) => symbols.some((symbol) => symbol.kind === kind));
}

/**
 * Names for every symbol of a plugin, in the order of the list; unique, ignoring letter case. A later symbol never
 * changes the names of earlier ones. The kind comes last, so that no file name has a meaning for Go (`x_test.go`,
 * `x_windows.go`) and no name is a keyword.
 */
export function codeNames(symbols: readonly PluginSymbol[]): readonly CodeNames[] {
  const taken = new Map<string, number>();
  return symbols.map((symbol) => {
    const words = freeWords(symbol, taken);
    const pascal = [...words, symbol.kind].map(capitalised).join('');
    return {
      file: [...words, symbol.kind].join('_'),
      pascal,
      camel: pascal.charAt(0).toLowerCase() + pascal.slice(1),
    };
  });
}

/** `taken` stores the next number to try for each name: thousands of symbols may get the same one. */
function freeWords(symbol: PluginSymbol, taken: Map<string, number>): string[] {
  const plain = wordsOf(symbol.name);
  const wanted = keyOf(symbol.kind, plain);
  let words = plain;
  for (let number = taken.get(wanted) ?? 2; taken.has(keyOf(symbol.kind, words)); number += 1) {
    words = [...plain, String(number)];
    taken.set(wanted, number + 1);
  }
  taken.set(keyOf(symbol.kind, words), 2);
  return words;
}

function wordsOf(name: string): string[] {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  return /^[a-z]/.test(words[0] ?? '') ? words : ['symbol', ...words];
}

function keyOf(kind: string, words: readonly string[]): string {
  return `${kind} ${words.join('')}`;
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
