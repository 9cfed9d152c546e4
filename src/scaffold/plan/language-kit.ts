import type { SymbolKind } from '../../model/symbol.ts';
import type { Answers } from '../answers.ts';
import type { Templates } from '../templates.ts';
import type { NamedSymbol } from './named-symbol.ts';
import type { PlannedFile } from './planned-file.ts';

/** What the answers and their symbols are in one language; pure, texts come from the templates. */
export interface LanguageKit {
  /** The program that eKuiper starts, as the manifest names it. */
  executable(pluginName: string): string;
  /** The source file that registers the symbols. */
  readonly mainFile: string;
  /** What every project has: main program, requirements, README, ignore files. */
  projectFiles(
    answers: Answers,
    symbols: readonly NamedSymbol[],
    templates: Templates,
  ): PlannedFile[];
  /** Code that all symbols of a kind share. */
  sharedFiles(kind: SymbolKind, templates: Templates): PlannedFile[];
  /** Code and test of one symbol. */
  symbolFiles(symbol: NamedSymbol, templates: Templates): PlannedFile[];
  /** Settings of VS Code beside the JSON schemas, and the extension to recommend. */
  readonly editor: {
    readonly settings: Readonly<Record<string, unknown>>;
    readonly extension: string;
  };
}
