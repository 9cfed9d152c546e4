import { TEST_REPORT_START } from '../test-report.ts';
import type { Entry } from '../view.ts';
import type { SearchBudget } from './secret-content.ts';
import { type Searched, searchBytes } from './secret-search.ts';

/** What was seen of a whole file, for who would read and search it again. */
export interface KnownSearch extends Searched {
  /** As many of its first bytes as say what a file is. */
  readonly head: Uint8Array;
}

interface Kept extends KnownSearch {
  /** What the search took from its budget. */
  readonly cost: number;
}

const HEAD = Math.max(4, TEST_REPORT_START.length);

/** `validate` searches a zip, and so does its trial of `pack --from`. */
const kept = new WeakMap<Entry, Kept>();

/** Searches the whole file of an entry, as {@link searchBytes} does, and keeps what it saw as long as the entry is kept. */
export function searchEntry(entry: Entry, bytes: Uint8Array, budget: SearchBudget): Searched {
  const before = budget.left;
  const { found, isCompressed, isEnded } = searchBytes(bytes, budget);
  // What a limit ended is searched again, by who may have another limit.
  if (!isEnded) {
    const cost = before - budget.left;
    kept.set(entry, { found, isCompressed, isEnded, cost, head: bytes.slice(0, HEAD) });
  }
  return { found, isCompressed, isEnded };
}

/** What a search of the same entry saw, which costs as much as it did; null where none was made to its end. */
export function knownSearch(entry: Entry, budget: SearchBudget): KnownSearch | null {
  const known = kept.get(entry) ?? null;
  if (known !== null) budget.left -= known.cost;
  return known;
}
