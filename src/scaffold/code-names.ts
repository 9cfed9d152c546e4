import type { PluginSymbol } from '../model/symbol.ts';

/** What a symbol is called in code, where names are narrower than in eKuiper. */
export interface CodeNames {
  /** `my_meter_source`: Python module and Go file, without extension. */
  readonly file: string;
  /** `MyMeterSource` */
  readonly pascal: string;
  /** `myMeterSource` */
  readonly camel: string;
}

/**
 * Names for every symbol of a plugin, by its place in the list; no two are alike, whatever the letter case.
 * A later symbol never changes the names of those before it. The kind comes last, so that no file name means
 * something to Go (`x_test.go`, `x_windows.go`) and no name is a keyword.
 */
export function codeNames(symbols: readonly PluginSymbol[]): readonly CodeNames[] {
  const taken = new Set<string>();
  return symbols.map((symbol) => {
    const words = freeWords(symbol, taken);
    taken.add(keyOf(symbol.kind, words));
    const pascal = [...words, symbol.kind].map(capitalised).join('');
    return {
      file: [...words, symbol.kind].join('_'),
      pascal,
      camel: pascal.charAt(0).toLowerCase() + pascal.slice(1),
    };
  });
}

function freeWords(symbol: PluginSymbol, taken: ReadonlySet<string>): string[] {
  const words = wordsOf(symbol.name);
  for (let number = 2; taken.has(keyOf(symbol.kind, words)); number += 1) {
    words.splice(0, words.length, ...wordsOf(symbol.name), String(number));
  }
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
