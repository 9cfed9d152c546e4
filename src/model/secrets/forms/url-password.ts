import type { Hit } from './private-key-text.ts';
import { isRealPassword } from './real-password.ts';
import { withPlainLetters } from './unescaped.ts';

/** The name of such a password in a finding. */
export const URL_PASSWORD = 'a password in a URL';

/**
 * Whether the secret of a file is a setting that a source needs: the login of its broker in `sources/*.yaml`. The
 * rule yaml-clear-secret warns about it; without the file the source would have no configuration at all.
 */
export function isSourceLogin(
  path: string,
  { isGuess = false }: { readonly isGuess?: boolean },
): boolean {
  return isGuess && /^sources\/[^/]+\.ya?ml$/.test(path);
}

const SCHEME = /(?:^|[^a-z0-9+.-])[a-z][a-z0-9+.-]{1,20}$/i;
/** The user, then the password, which ends at the `@` before a host. */
const LOGIN = /([^\s"'`:@/<>\\]{0,64}):([^\s"'`:@/<>\\]{6,128})@[\w[.-]/y;
/**
 * Whether a password follows a hit of `://`: `mqtt://user:password@host`. Documentation and libraries contain many
 * such URLs, so a password counts only if it does not look like a sample: at least two of lower case, upper case,
 * digits and signs, and no sample word.
 */
export function isUrlPassword({ text, at, end }: Hit): boolean {
  if (!SCHEME.test(text.slice(Math.max(0, at - 24), at))) return false;
  LOGIN.lastIndex = end;
  const [, user = '', raw = ''] = LOGIN.exec(text) ?? [];
  const password = withPlainLetters(raw) ?? raw;
  if (password.toLowerCase() === user.toLowerCase()) return false;
  return isRealPassword(raw) && isRealPassword(password);
}
