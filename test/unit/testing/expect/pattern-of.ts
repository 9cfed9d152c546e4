import type { Pattern } from '../../../../src/testing/case/case.ts';
import type { Json } from '../../../../src/testing/case/case-file.ts';
import { compilePattern } from '../../../../src/testing/read/compile-pattern.ts';

/** The pattern that a case file with this value has. */
export function patternOf(value: unknown): Pattern {
  const json: Json = JSON.parse(JSON.stringify(value));
  return compilePattern(json, '', (_pointer, _part, { message, why }) => {
    throw new Error(`${message}: ${why}`);
  });
}
