import { expect, test } from 'vitest';
import { SEARCH_BUDGETS, SearchBudgets } from '../../../../src/package/plan/file-facts.ts';
import { MAX_TOTAL } from '../../../../src/package/zip/limits.ts';

const { small, bytes } = SEARCH_BUDGETS;

test('large files share so many bytes, and small ones are searched to their end all the same', () => {
  const budgets = new SearchBudgets();
  expect(budgets.share(bytes - 1).bytes).toBe(bytes - 1);
  expect(budgets.share(small + 1).bytes).toBe(1);
  expect(budgets.share(small + 1).bytes).toBe(0);
  expect(budgets.share(small).bytes).toBe(small);
});

test('what large files hold does not end the search of small ones', () => {
  const budgets = new SearchBudgets();
  budgets.share(small + 1).budget.left = -1;
  expect(budgets.share(small).budget.left).toBe(SEARCH_BUDGETS.places);
});

test('of a file that is too large for any package nothing is searched', () => {
  const budgets = new SearchBudgets();
  expect(budgets.share(MAX_TOTAL + 1).bytes).toBe(0);
  expect(budgets.share(bytes).bytes).toBe(bytes);
});
