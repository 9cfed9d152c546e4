import { compareText } from '../../model/finding.ts';
import { type PluginSymbol, SYMBOL_KINDS } from '../../model/symbol.ts';

/** Identity of a plugin without its symbols. Null: not stated, or unknown. */
export interface PluginFacts {
  readonly name: string | null;
  readonly version: string | null;
  readonly language: string | null;
  readonly executable: string | null;
  readonly virtualEnvType: string | null;
  readonly env: string | null;
  /** The architecture of the executable, in Go's names. */
  readonly arch: string | null;
}

const FACTS = [
  'name',
  'version',
  'language',
  'executable',
  'virtualEnvType',
  'env',
  'arch',
] as const satisfies readonly (keyof PluginFacts)[];

export interface FactChange {
  readonly fact: keyof PluginFacts;
  readonly before: string | null;
  readonly after: string | null;
}

/** The facts that differ, in a fixed order; `unknown` ones are omitted. */
export function factChanges(
  before: PluginFacts,
  after: PluginFacts,
  unknown: readonly (keyof PluginFacts)[] = [],
): FactChange[] {
  return FACTS.filter((fact) => !unknown.includes(fact) && before[fact] !== after[fact]).map(
    (fact) => ({ fact, before: before[fact], after: after[fact] }),
  );
}

/** Returns the facts with before and after exchanged. */
export function reversedFacts(facts: readonly FactChange[]): FactChange[] {
  return facts.map(({ fact, before, after }) => ({ fact, before: after, after: before }));
}

/** Symbols that only one side declares; each list sorted by kind, then by name. */
export interface SymbolChanges {
  readonly added: readonly PluginSymbol[];
  readonly removed: readonly PluginSymbol[];
  readonly kept: readonly PluginSymbol[];
}

/** Compares two lists of symbols; duplicates count once, as in eKuiper. */
export function changesOfSymbols(
  before: readonly PluginSymbol[],
  after: readonly PluginSymbol[],
): SymbolChanges {
  const [was, is] = [keyed(before), keyed(after)];
  return {
    added: sorted([...is].filter(([key]) => !was.has(key))),
    removed: sorted([...was].filter(([key]) => !is.has(key))),
    kept: sorted([...is].filter(([key]) => was.has(key))),
  };
}

function keyed(symbols: readonly PluginSymbol[]): Map<string, PluginSymbol> {
  return new Map(symbols.map(({ kind, name }) => [`${kind} ${name}`, { kind, name }]));
}

function sorted(symbols: readonly (readonly [string, PluginSymbol])[]): PluginSymbol[] {
  return symbols
    .map(([, symbol]) => symbol)
    .sort(
      (a, b) =>
        SYMBOL_KINDS.indexOf(a.kind) - SYMBOL_KINDS.indexOf(b.kind) || compareText(a.name, b.name),
    );
}

/** Returns the symbols with before and after exchanged. */
export function reversedSymbols({ added, removed, kept }: SymbolChanges): SymbolChanges {
  return { added: removed, removed: added, kept };
}
