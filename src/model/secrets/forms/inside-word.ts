import type { Hit } from './private-key-text.ts';

/** Whether a hit continues a word: in `my_ghp_…` it does; after an escape (`\nghp_…`, `%3Dghp_…`) it does not. */
export function isInsideWord({ text, at }: Hit): boolean {
  const front = text.slice(Math.max(0, at - 40), at);
  if (!/\w$/.test(front)) return IN_BASE64.test(front);
  return !/(?:\\[nrtbfv0]|\\u[0-9A-Fa-f]{4}|(?:\\x|%)[0-9A-Fa-f]{2})$/.test(front);
}

/** In large base64 data any four characters occur by chance. */
const IN_BASE64 = /^[A-Za-z0-9+/]{40}$/;
