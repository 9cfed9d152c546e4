import type { FactChange } from './plugin-facts.ts';
import type { SymbolChanges } from './symbols.ts';
import type { ValueChange } from './value-changes.ts';

const OTHER = { added: 'removed', removed: 'added', changed: 'changed' } as const;

/** The same facts, seen from the other side. */
export function turnedFacts(facts: readonly FactChange[]): FactChange[] {
  return facts.map(({ fact, before, after }) => ({ fact, before: after, after: before }));
}

/** The same symbols, seen from the other side. */
export function turnedSymbols({ added, removed, kept }: SymbolChanges): SymbolChanges {
  return { added: removed, removed: added, kept };
}

/** The same values, seen from the other side. */
export function turnedValues(values: readonly ValueChange[]): ValueChange[] {
  return values.map(({ path, what, before, after }) => ({
    path,
    what: OTHER[what],
    before: after,
    after: before,
  }));
}
