import type { ErrorExpectation } from '../case/case.ts';
import type { Difference } from '../case/result.ts';
import { differenceOf } from './match.ts';
import { showPattern, showValue } from './show.ts';

/** Compares an error with the expected one; null when it matches. */
export function errorDifference(expected: ErrorExpectation, text: string): Difference | null {
  if (expected.is === 'any') return null;
  if (expected.is === 'pattern') return differenceOf(expected.pattern, text, 'error');
  if (text.includes(expected.text)) return null;
  return { path: 'error', expected: showError(expected), received: showValue(text) };
}

/** `an error with "text"` */
export function showError(expected: ErrorExpectation): string {
  if (expected.is === 'any') return 'an error';
  if (expected.is === 'pattern') return `an error: ${showPattern(expected.pattern)}`;
  return `an error with ${JSON.stringify(expected.text)}`;
}
