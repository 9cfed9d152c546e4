import { TEST_REPORT_START } from '../test-report.ts';
import type { Entry } from '../view.ts';
import type { SearchBudget } from './secret-content.ts';
import { type Searched, searchBytes } from './secret-search.ts';

/** The result of the search of a whole file, kept for callers that would read and search it again. */
export interface KnownSearch extends Searched {
  /** The first bytes of the file, enough to detect its type. */
  readonly head: Uint8Array;
}

interface Kept extends KnownSearch {
  /** How much of its budget the search used. */
  readonly cost: number;
}

const HEAD = Math.max(4, TEST_REPORT_START.length);

/** Cache: `validate` searches a zip, and so does its trial of `pack --from`. */
const kept = new WeakMap<Entry, Kept>();

/** Searches the content of an entry as {@link searchBytes} does, and caches the result for the lifetime of the entry. */
export function searchEntry(entry: Entry, bytes: Uint8Array, budget: SearchBudget): Searched {
  const before = budget.left;
  const { found, isCompressed, isEnded } = searchBytes(bytes, budget);
  // A search that a limit ended is not cached: the next caller may have another limit.
  if (!isEnded) {
    const cost = before - budget.left;
    kept.set(entry, { found, isCompressed, isEnded, cost, head: bytes.slice(0, HEAD) });
  }
  return { found, isCompressed, isEnded };
}

/** The cached result for the same entry, if the budget covers its cost; null when there is no complete search. */
export function knownSearch(entry: Entry, budget: SearchBudget): KnownSearch | null {
  const known = kept.get(entry) ?? null;
  if (known !== null) budget.left -= known.cost;
  return known;
}
