import type { PluginSymbol } from '../model/symbol.ts';

/** The names of a symbol in code, where fewer characters are allowed than in eKuiper. */
export interface CodeNames {
  /** `my_meter_source`: Python module and Go file, without extension. */
  readonly file: string;
  /** `MyMeterSource` */
  readonly pascal: string;
  /** `myMeterSource` */
  readonly camel: string;
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
