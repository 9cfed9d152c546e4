import type { Hit } from './private-key-text.ts';
import { isRealPassword } from './real-password.ts';
import { withPlainLetters } from './unescaped.ts';

/** What such a password is called in a finding. */
export const URL_PASSWORD = 'a password in a URL';

/**
 * Whether what a file holds is a setting that a source cannot do without: the login of its broker in `sources/*.yaml`.
 * The rule yaml-clear-secret warns of it, and without the file the source would have no configuration at all.
 */
export function isSourceLogin(
  path: string,
  { isGuess = false }: { readonly isGuess?: boolean },
): boolean {
  return isGuess && /^sources\/[^/]+\.ya?ml$/.test(path);
}

const SCHEME = /(?:^|[^a-z0-9+.-])[a-z][a-z0-9+.-]{1,20}$/i;
/** The user, then the password, which ends at the `@` of a host. */
const LOGIN = /([^\s"'`:@/<>\\]{0,64}):([^\s"'`:@/<>\\]{6,128})@[\w[.-]/y;
/**
 * Whether a password stands behind a hit of `://`: `mqtt://user:password@host`. Documents and libraries are full of such
 * URLs, so only what nobody writes for a sample counts: two kinds of characters of letters, capitals, digits and signs,
 * and none of the words of samples.
 */
export function isUrlPassword({ text, at, end }: Hit): boolean {
  if (!SCHEME.test(text.slice(Math.max(0, at - 24), at))) return false;
  LOGIN.lastIndex = end;
  const [, user = '', raw = ''] = LOGIN.exec(text) ?? [];
  const password = withPlainLetters(raw) ?? raw;
  if (password.toLowerCase() === user.toLowerCase()) return false;
  return isRealPassword(raw) && isRealPassword(password);
}
