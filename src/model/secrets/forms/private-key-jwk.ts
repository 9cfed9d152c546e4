import { type Hit, isMixed } from './private-key-text.ts';

/** Maximum distance between the type and the secret member of a JSON Web Key; n of RSA has 683 characters. */
const REACH = 4000;
/** `d` of private keys, `k` of shared ones (RFC 7518); the quotes may be escaped, the value is base64url. */
const SECRET = /["']d\\{0,8}["']\s{0,8}:\s{0,8}\\{0,8}["'][\w-]{40}/;
/** Without quotes; in programs this would match names. */
const SECRET_IN_YAML = /(?:^|[\s{,])d:\s{1,8}([\w-]{40,1400})(?![\w.(-])/;
const SHARED_TYPE = /^["'\\]{1,9}\s{0,8}:\s{0,8}\\{0,8}["']oct\b/;
const SHARED = /["']k\\{0,8}["']\s{0,8}:\s{0,8}\\{0,8}["'][\w-]{22}/;

/**
 * Whether a private or shared JSON Web Key surrounds a hit of `kty`. A key has one type: the examined part ends at
 * the neighbouring types, so that a text with many types is read at most twice.
 */
export function isPrivateJwk({ text, at, end }: Hit): boolean {
  const isQuoted = /["']/.test(text[at - 1] ?? '') && /["'\\]/.test(text[end] ?? '');
  if (!isQuoted && !(/[\s{,]/.test(text[at - 1] ?? ' ') && text[end] === ':')) return false;
  const before = text.slice(Math.max(0, at - REACH), at);
  const behind = text.slice(end, end + REACH);
  const next = behind.indexOf('kty');
  const own =
    before.slice(before.lastIndexOf('kty') + 1) + (next < 0 ? behind : behind.slice(0, next));
  if (!isQuoted) return isMixed(SECRET_IN_YAML.exec(own)?.[1] ?? '');
  return SECRET.test(own) || (SHARED_TYPE.test(behind.slice(0, 40)) && SHARED.test(own));
}
