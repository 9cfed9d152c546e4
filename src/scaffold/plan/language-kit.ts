import type { SymbolKind } from '../../model/symbol.ts';
import type { Answers } from '../answers.ts';
import type { Templates } from '../templates.ts';
import type { NamedSymbol } from './named-symbol.ts';
import type { PlannedFile } from './planned-file.ts';

/** What the answers and their symbols are in one language; pure, texts come from the templates. */
export interface LanguageKit {
  /** What the manifest says: eKuiper knows "python", and "go" for everything that is executed as it is. */
  readonly manifestLanguage: 'go' | 'python';
  /** The program that eKuiper starts, as the manifest names it. */
  executable(pluginName: string): string;
  /** The source file that registers the symbols. */
  readonly mainFile: string;
  /** What a symbol's files are called, without extension. */
  fileName(symbol: NamedSymbol): string;
  /** Whether sinks acknowledge rows when the rule asks for it; eKuiper's SDK for Go no longer does. */
  readonly acknowledges: boolean;
  /** What every project has: main program, requirements, README, ignore files. */
  projectFiles(
    answers: Answers,
    symbols: readonly NamedSymbol[],
    templates: Templates,
  ): PlannedFile[];
  /** Code that all symbols of a kind share. */
  sharedFiles(kind: SymbolKind, templates: Templates): PlannedFile[];
  /** Code and unit test of one symbol. */
  symbolFiles(symbol: NamedSymbol, templates: Templates): PlannedFile[];
  /** Settings of VS Code beside the schemas, and extensions to recommend. */
  readonly editor: {
    readonly settings: Readonly<Record<string, unknown>>;
    readonly extensions: readonly string[];
  };
}
