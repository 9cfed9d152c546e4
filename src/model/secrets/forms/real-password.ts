import { looksRandom } from './weak-keys.ts';

/** `${PW}`, `{password}`, `%s`, `$PW`, `***`: what is filled in, or was hidden. */
const FILLED_IN = /^[$%*#]|[{}[\]()*|]|\.\.\.|^(?:%[sdvr])$/;
/** What documents and the comments of libraries write: a file with it is no secret. */
const SAMPLE =
  /pass|ssword|p[a@4][s$5]{2}|pwd|psk|secret|s3cr[e3]t$|example|sample|dummy|change|replace|insert|your|foo|bar|test|token|credential|abc|qwert|123456|xxx|admin|default|guest|welcome|letmein/i;
/** What passwords are kept as where they are checked. */
const HASH = /^(?:[0-9a-fA-F]{32,}|(?:pbkdf2|scrypt|bcrypt|argon2|sha\d|md5|\{)[\w:$-])/;

/** Of a compiled program. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
const CONTROL = /[\x00-\x1f\x7f]/;

/** Whether a value is one that nobody writes for a sample: of two kinds of letters, capitals, digits and signs. */
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

/** The same for what stands in quotes behind the name of a password: of three kinds. */
export function isQuotedPassword(value: string): boolean {
  return value.length >= 8 && isRealPassword(value) && kindsIn(value) > 2;
}

/** `self.Pw1X2`, `config::Db2`: an expression of a program. */
const EXPRESSION = /^[A-Za-z_$][\w$]*(?:(?:\?*\.|::|->)[A-Za-z_$][\w$]*)+$/;
/** Signs that people put into passwords, and programs into no name. */
const SIGN = /[!#@^~?%+]/;
/** Another kind of characters every other one: words in a name are longer. */
const RUNS_SHARE = 0.4;

/** The same for what stands without quotes, where programs have names of variables: no such name looks like it. */
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
/** As {@link SAMPLE}, without what a machine may make by chance. */
const SAMPLE_TOKEN =
  /pass|secret|example|sample|dummy|change|replace|insert|your|test|token|credential|abcdef|qwert|12345|01020304|xxxx|admin|default|deadbeef|cafebabe|fake|mock|demo/i;
/** Of the examples of RFC 6749, RFC 6750 and RFC 7519. */
const OF_RFCS =
  /^(?:2YotnFZFEjr1zCsicMWpAA|tGzv3JOkF0XG5Qx2TlKWIA|SplxlOBeZQQYbYS6WxSbIA|mF_9\.B5f-4\.1JqM|7Fjfp0ZBr1KtDRbnfVdmIw)$/;
const TOKEN_RUNS = 0.32;

/** Whether a machine has made a value for a key or a token: 20 characters of several kinds or more, 32 of hexadecimal. */
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
  // A path, or words with something between them.
  if (/^[./~]|[A-Za-z][a-z]{8}|[A-Z]{9}/.test(value)) return false;
  return (value.match(/\d/g) ?? []).length > 1 && runsShare(value) >= TOKEN_RUNS;
}

function kindsIn(value: string): number {
  return [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(value)).length;
}

/** How many runs of one kind there are for a character; a capital and what follows it are one, and separators none. */
function runsShare(value: string): number {
  const plain = value.replace(/[_\-./ ]+/g, ' ');
  const runs = plain.match(/[A-Z]?[a-z]+|[A-Z]+|\d+|[^A-Za-z\d ]+/g) ?? [];
  return runs.length / Math.max(1, plain.replaceAll(' ', '').length);
}
