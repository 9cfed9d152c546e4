import type { Span } from '../../../model/json/node.ts';
import type { SymbolFolder } from '../../../model/symbol.ts';

/** A text that stands in the program as it is. */
export interface Written extends Span {
  readonly value: string;
}

/** What a main program gives to the SDK: only what is certain from its source text; null is "cannot tell". */
export interface ProgramConfig {
  readonly name: Written | null;
  readonly symbols: Readonly<Record<SymbolFolder, readonly Written[] | null>>;
  /** The word `PluginConfig`, `PluginDefinition` or `startPlugin`. */
  readonly at: Span;
}
