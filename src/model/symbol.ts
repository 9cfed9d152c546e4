/** The kinds of symbols that a plugin can add to eKuiper. */
export const SYMBOL_KINDS = ['source', 'sink', 'function'] as const;

export type SymbolKind = (typeof SYMBOL_KINDS)[number];

export function isSymbolKind(text: string): text is SymbolKind {
  return SYMBOL_KINDS.some((kind) => kind === text);
}

/** The manifest key of a kind, also the name of its directory in a package. */
export const FOLDER_OF = {
  source: 'sources',
  sink: 'sinks',
  function: 'functions',
} as const satisfies Record<SymbolKind, string>;

export type SymbolFolder = (typeof FOLDER_OF)[SymbolKind];

export interface PluginSymbol {
  readonly kind: SymbolKind;
  readonly name: string;
}

/**
 * The symbol file's path inside a package: `sources/x.json`, `sources/x.yaml` …
 * Source: docs/files.md#package-layout.
 */
export function symbolFile(symbol: PluginSymbol, extension: 'json' | 'yaml' = 'json'): string {
  return `${FOLDER_OF[symbol.kind]}/${symbol.name}.${extension}`;
}
