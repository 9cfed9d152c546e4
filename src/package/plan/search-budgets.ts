import type { SearchBudget } from '../../model/secrets/secret-content.ts';
import { MAX_TOTAL } from '../zip/limits.ts';

/**
 * How much of the files of one package is searched for secrets, without compressed ones: files of up to `small` bytes
 * completely, a total number of bytes of all others, and for both groups a number of possible starts of a secret (in
 * bytes that take the same time: 256 for each).
 */
export const SEARCH_BUDGETS = {
  small: 1024 ** 2,
  bytes: 256 * 1024 ** 2,
  places: 128 * 1024 ** 2,
} as const;

/** How much of one file is searched. */
export interface FileShare {
  readonly budget: SearchBudget;
  readonly bytes: number;
}

/**
 * The budgets of one plan. Large files have budgets of their own, so that they do not end the search of small files
 * such as settings.
 */
export class SearchBudgets {
  readonly #small: SearchBudget = { left: SEARCH_BUDGETS.places };
  readonly #large: SearchBudget = { left: SEARCH_BUDGETS.places };
  #bytes: number = SEARCH_BUDGETS.bytes;

  /** Takes the share of a file of `size` bytes from the remaining budget. */
  share(size: number): FileShare {
    if (size <= SEARCH_BUDGETS.small) return { budget: this.#small, bytes: size };
    // Such a package is not written; a sparse file of terabytes is easy to create.
    const bytes = size > MAX_TOTAL ? 0 : Math.min(size, this.#bytes);
    this.#bytes -= bytes;
    return { budget: this.#large, bytes };
  }
}
