import type { Case } from '../case/case.ts';
import type { Difference } from '../case/result.ts';
import { differenceOf } from '../expect/difference.ts';
import type { CaseContext } from './case-frame.ts';

/**
 * Compares the requests that came to {http} with the case; null when they match. A source asks until it is stopped, so
 * only the first ones are compared.
 */
export function requestDifference(
  { kind, received }: Case,
  { fill, http }: CaseContext,
): Difference | null {
  if (received === null) return null;
  const items = received.map((request) => fill.pattern(request));
  const all = http?.requests ?? [];
  const compared = kind === 'source' && items.length > 0 ? all.slice(0, items.length) : all;
  return differenceOf({ is: 'list', items }, compared, 'received');
}
