import type { FactChange } from './plugin-facts.ts';
import type { SymbolChanges } from './symbols.ts';
import type { ValueChange } from './value-changes.ts';

const OTHER = { added: 'removed', removed: 'added', changed: 'changed' } as const;

/** Returns the facts with before and after exchanged. */
export function reversedFacts(facts: readonly FactChange[]): FactChange[] {
  return facts.map(({ fact, before, after }) => ({ fact, before: after, after: before }));
}

/** Returns the symbols with before and after exchanged. */
export function reversedSymbols({ added, removed, kept }: SymbolChanges): SymbolChanges {
  return { added: removed, removed: added, kept };
}

/** Returns the values with before and after exchanged. */
export function reversedValues(values: readonly ValueChange[]): ValueChange[] {
  return values.map(({ path, what, before, after }) => ({
    path,
    what: OTHER[what],
    before: after,
    after: before,
  }));
}
