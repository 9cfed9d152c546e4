import type { SymbolKind } from '../../model/symbol.ts';
import type { Answers } from '../answers.ts';
import type { Templates } from '../templates.ts';
import type { NamedSymbol } from './named-symbol.ts';
import type { PlannedFile } from './planned-file.ts';

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
  /** Files that all symbols of a kind share. */
  sharedFiles(kind: SymbolKind, templates: Templates): PlannedFile[];
  /** Code and unit test of one symbol. */
  symbolFiles(symbol: NamedSymbol, templates: Templates): PlannedFile[];
  /** VS Code settings in addition to the schemas, and recommended extensions. */
  readonly editor: {
    readonly settings: Readonly<Record<string, unknown>>;
    readonly extensions: readonly string[];
  };
}
