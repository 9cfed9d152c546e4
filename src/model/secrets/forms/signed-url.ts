import type { Hit } from './private-key-text.ts';

const SIGNATURE = /(?:[A-Za-z0-9+/]|%2[BbFf]){43}(?:=|%3[Dd])/y;
/** Maximum distance to the other parameters of such a URL, which are in any order. */
const REACH = 400;
const BESIDE = /(?:[?&;"' ]|\\u0026|%26)s[ve]=/;

/**
 * Whether an Azure shared access signature starts at a hit of `sig=`: a signature of 32 bytes, with a version or an
 * expiry time near it.
 */
export function isSharedAccessSignature({ text, at, end }: Hit): boolean {
  SIGNATURE.lastIndex = end;
  if (!SIGNATURE.test(text)) return false;
  const before = text.slice(Math.max(0, at - REACH), at);
  const behind = text.slice(SIGNATURE.lastIndex, SIGNATURE.lastIndex + REACH);
  return BESIDE.test(lineEnd(before)) || BESIDE.test(behind.split('\n', 1)[0] ?? '');
}

function lineEnd(text: string): string {
  return text.slice(text.lastIndexOf('\n') + 1);
}
