import { TEXT_LIMITS } from '../text-limits.ts';
import { isDeeper } from './depth.ts';

/** JSON is nested deeper than kplugin's limit: comparing or writing it would overflow the stack. */
export class TooDeepError extends Error {
  constructor() {
    super(
      `the values lie more than ${TEXT_LIMITS.jsonDepth} levels deep, further than kplugin follows`,
    );
  }
}

/**
 * Parses JSON that somebody else wrote to a plain value; where Go's result matters, use parseGoJson. Throws
 * SyntaxError, TooDeepError.
 */
export function parseForeignJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (isDeeper(value, TEXT_LIMITS.jsonDepth)) throw new TooDeepError();
  return value;
}
