import type { Hit } from './private-key-text.ts';
import { unescaped } from './unescaped.ts';

/** Longer than the public lines of the longest keys. */
const REACH = 20_000;
const START = /^\d: ?[a-z][\w@.-]{2,60}\s/;
const PRIVATE_LINES = /Private-Lines: ?\d{1,3}[^A-Za-z0-9+/]{1,40}[A-Za-z0-9+/]{2}/;

/**
 * Whether a PuTTY key file starts at a hit of `PuTTY-User-Key-File-`: its kind, and private lines that are not empty.
 * A program that reads such files contains the words, but not the lines. Looks no further than the next hit.
 */
export function isPuttyKey({ text, end }: Hit): boolean {
  if (!START.test(unescaped(text.slice(end, end + 80)))) return false;
  const rest = text.slice(end, end + REACH);
  const next = rest.indexOf('PuTTY-User-Key-File-');
  return PRIVATE_LINES.test(unescaped(next < 0 ? rest : rest.slice(0, next)));
}
