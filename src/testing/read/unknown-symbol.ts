import { closest } from '../../model/closest.ts';
import type { Span } from '../../model/json/node.ts';
import { shellWord } from '../../model/shell-word.ts';
import { FOLDER_OF, type PluginSymbol } from '../../model/symbol.ts';
import type { Mistakes } from '../case/mistakes.ts';

/** The symbols that the manifest declares; null: not checked. */
export type KnownSymbols = readonly PluginSymbol[] | null;

export function isKnown({ kind, name }: PluginSymbol, symbols: KnownSymbols): boolean {
  return symbols === null || symbols.some((one) => one.kind === kind && one.name === name);
}

/** Reports a symbol that the manifest does not declare, with the most similar declared one. */
export function reportUnknownSymbol(
  { kind, name }: PluginSymbol,
  at: Span,
  mistakes: Mistakes,
  symbols: KnownSymbols,
): void {
  if (symbols === null || isKnown({ kind, name }, symbols)) return;
  const same = symbols.filter((one) => one.kind === kind).map((one) => one.name);
  const other = symbols.find((one) => one.name === name);
  const meant = closest(name, same);
  mistakes.add({
    rule: 'case-unknown-symbol',
    at,
    message: `the plugin has no ${kind} "${name}"`,
    why: other
      ? `${name} is a ${other.kind}`
      : same.length > 0
        ? `the manifest declares ${FOLDER_OF[kind]} ${same.join(', ')}`
        : `the manifest declares no ${FOLDER_OF[kind]}`,
    hint: other
      ? `Write ${other.kind}: ${name}`
      : meant
        ? `Write "${meant}" instead of "${name}"`
        : `Declare it in the manifest: kplugin add ${kind} ${shellWord(name)}`,
  });
}
