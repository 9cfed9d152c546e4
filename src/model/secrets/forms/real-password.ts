import { looksRandom } from './weak-keys.ts';

/** `${PW}`, `{password}`, `%s`, `$PW`, `***`: placeholders and masked values. */
const FILLED_IN = /^[$%*#]|[{}[\]()*|]|\.\.\.|^(?:%[sdvr])$/;
/** Words of documentation and library comments: a value with one of them is not a secret. */
const SAMPLE =
  /pass|ssword|p[a@4][s$5]{2}|pwd|psk|secret|s3cr[e3]t$|example|sample|dummy|change|replace|insert|your|foo|bar|test|token|credential|abc|qwert|123456|xxx|admin|default|guest|welcome|letmein/i;
/** Hash formats in which passwords are stored for verification. */
const HASH = /^(?:[0-9a-fA-F]{32,}|(?:pbkdf2|scrypt|bcrypt|argon2|sha\d|md5|\{)[\w:$-])/;

/** Control characters, as in a compiled program. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
const CONTROL = /[\x00-\x1f\x7f]/;

/** Whether a value does not look like a sample: at least two of lower case, upper case, digits and signs. */
export function isRealPassword(value: string): boolean {
  if (value.length < 6 || CONTROL.test(value) || FILLED_IN.test(value) || SAMPLE.test(value))
    return false;
  if (HASH.test(value) || /^[./~]/.test(value) || isSampleInBase64(value)) return false;
  return kindsIn(value) > 1;
}

/** `bm90IG15IHJlYWwgcGFzc3dvcmQ=`: not my real password. */
function isSampleInBase64(value: string): boolean {
  if (!/^[A-Za-z0-9+/]{8,}={0,2}$/.test(value)) return false;
  const decoded = Buffer.from(value, 'base64').toString('latin1');
  return /^[\x20-\x7e]+$/.test(decoded) && SAMPLE.test(decoded);
}

/** As {@link isRealPassword}, for a value in quotes after the name of a password: at least three kinds of characters. */
export function isQuotedPassword(value: string): boolean {
  return value.length >= 8 && isRealPassword(value) && kindsIn(value) > 2;
}

/** `self.Pw1X2`, `config::Db2`: an expression of a program. */
const EXPRESSION = /^[A-Za-z_$][\w$]*(?:(?:\?*\.|::|->)[A-Za-z_$][\w$]*)+$/;
/** Signs that are common in passwords and not allowed in names. */
const SIGN = /[!#@^~?%+]/;
/** Minimum share of changes between kinds of characters; words in names are longer. */
const RUNS_SHARE = 0.4;

/**
 * As {@link isQuotedPassword}, for a value without quotes, which may be a variable name: only values that no name
 * looks like.
 */
export function isPlainPassword(value: string): boolean {
  if (!isQuotedPassword(value) || EXPRESSION.test(value) || /@[\w-]+\./.test(value)) return false;
  if (/:\/\/|^0x[\da-f]+/i.test(value)) return false;
  return hasSign(value) || looksRandom(value) || runsShare(value) >= RUNS_SHARE;
}

function hasSign(value: string): boolean {
  return kindsIn(value) > 3 && SIGN.test(value.slice(1));
}

const TOKEN = /^[\w+/.~-]{20,200}={0,2}$/;
const HEX = /^(?:[0-9a-f]{32,}|[0-9A-F]{32,})$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** As {@link SAMPLE}, without words that may occur in generated values by chance. */
const SAMPLE_TOKEN =
  /pass|secret|example|sample|dummy|change|replace|insert|your|test|token|credential|abcdef|qwert|12345|01020304|xxxx|admin|default|deadbeef|cafebabe|fake|mock|demo/i;
/** Values from the examples of RFC 6749, RFC 6750 and RFC 7519. */
const OF_RFCS =
  /^(?:2YotnFZFEjr1zCsicMWpAA|tGzv3JOkF0XG5Qx2TlKWIA|SplxlOBeZQQYbYS6WxSbIA|mF_9\.B5f-4\.1JqM|7Fjfp0ZBr1KtDRbnfVdmIw)$/;
const TOKEN_RUNS = 0.32;

/**
 * Whether a value looks generated for a key or token: at least 20 characters of several kinds, or 32 hexadecimal
 * digits.
 */
export function isMadeToken(value: string): boolean {
  if (
    !TOKEN.test(value) ||
    SAMPLE_TOKEN.test(value) ||
    OF_RFCS.test(value) ||
    EXPRESSION.test(value)
  )
    return false;
  if (new Set(value).size < 10 || !/[A-Za-z]/.test(value)) return false;
  if (HEX.test(value)) return (value.match(/\d/g) ?? []).length > 4;
  if (UUID.test(value)) return true;
  // A path, or words with separators.
  if (/^[./~]|[A-Za-z][a-z]{8}|[A-Z]{9}/.test(value)) return false;
  return (value.match(/\d/g) ?? []).length > 1 && runsShare(value) >= TOKEN_RUNS;
}

function kindsIn(value: string): number {
  return [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(value)).length;
}

/**
 * Number of runs of one kind of characters, per character; a capital and the following letters are one run,
 * separators do not count.
 */
function runsShare(value: string): number {
  const plain = value.replace(/[_\-./ ]+/g, ' ');
  const runs = plain.match(/[A-Z]?[a-z]+|[A-Z]+|\d+|[^A-Za-z\d ]+/g) ?? [];
  return runs.length / Math.max(1, plain.replaceAll(' ', '').length);
}
