import type { Hit } from './private-key-text.ts';

/** `my_ghp_…` is another word; what an escape ends in (`\nghp_…`, `%3Dghp_…`) is none. */
export function isInsideWord({ text, at }: Hit): boolean {
  const front = text.slice(Math.max(0, at - 40), at);
  if (!/\w$/.test(front)) return IN_BASE64.test(front);
  return !/(?:\\[nrtbfv0]|\\u[0-9A-Fa-f]{4}|(?:\\x|%)[0-9A-Fa-f]{2})$/.test(front);
}

/** In much data in base64 four characters stand somewhere by chance. */
const IN_BASE64 = /^[A-Za-z0-9+/]{40}$/;
