import { TEXT_LIMITS } from '../text-limits.ts';
import { isDeeper } from './depth.ts';

/** JSON that lies deeper in itself than kplugin follows: comparing it, or writing it again, would overflow the stack. */
export class TooDeepError extends Error {
  constructor() {
    super(
      `the values lie more than ${TEXT_LIMITS.jsonDepth} levels deep, further than kplugin follows`,
    );
  }
}

/** JSON that somebody else wrote, as a plain value; where Go's verdict counts, parseGoJson reads it. Throws SyntaxError, TooDeepError. */
export function parseForeignJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (isDeeper(value, TEXT_LIMITS.jsonDepth)) throw new TooDeepError();
  return value;
}
