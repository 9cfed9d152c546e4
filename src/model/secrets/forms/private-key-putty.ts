import type { Hit } from './private-key-text.ts';
import { unescaped } from './unescaped.ts';

/** The public lines of the longest keys are shorter. */
const REACH = 20_000;
const START = /^\d: ?[a-z][\w@.-]{2,60}\s/;
const PRIVATE_LINES = /Private-Lines: ?\d{1,3}[^A-Za-z0-9+/]{1,40}[A-Za-z0-9+/]{2}/;

/**
 * Whether a key file of PuTTY begins at a hit of `PuTTY-User-Key-File-`: its kind, and private lines with something in
 * them. A program that reads such files has the words, not the lines. Looks no further than the next hit.
 */
export function isPuttyKey({ text, end }: Hit): boolean {
  if (!START.test(unescaped(text.slice(end, end + 80)))) return false;
  const rest = text.slice(end, end + REACH);
  const next = rest.indexOf('PuTTY-User-Key-File-');
  return PRIVATE_LINES.test(unescaped(next < 0 ? rest : rest.slice(0, next)));
}
