/**
 * Names of keys that hold secrets, for findings and for masking. `strong`: the value is always a secret; a space
 * stands for nothing, `-`, `_` or `.`. `weak`: as the last word of a key it may be one, and the value decides.
 * `whole`: strong, but only after one of {@link FRONTS} or alone, because other words end with it too.
 */
export const SECRET_WORDS = {
  strong: [
    ...['pass word', 'passwd', 'pass phrase', 'pass code', 'pwd', 'secret', 'secret key'],
    ...['secret access key', 'token', 'api key', 'access key', 'access key secret', 'account key'],
    ...['shared key', 'shared access key', 'private key', 'private key raw', 'credential'],
    ...['credentials', 'creds', 'connection string', 'conn str', 'authorization', 'dsn', 'psk'],
    'pre shared key',
    // Of HTTP and clouds: the value itself grants access.
    ...['cookie', 'bearer', 'jwt', 'basic auth', 'auth key', 'app key', 'sas key', 'hmac key'],
    ...['encryption key', 'signing key', 'master key', 'session key', 'subscription key'],
    ...['license key', 'aes key'],
    // Password, pass phrase, secret key and token in other languages.
    ...['passwort', 'kennwort', 'geheimnis', 'mot de passe', 'contraseña', 'contrasena', 'senha'],
    ...['wachtwoord', 'lösenord', 'losenord', 'hasło', 'heslo', 'şifre', 'пароль', 'секрет'],
    ...[
      '密码',
      '密碼',
      '口令',
      '密钥',
      '密鑰',
      '令牌',
      'パスワード',
      '暗証番号',
      '비밀 번호',
      '패스워드',
      '암호',
    ],
  ],
  whole: ['pass', 'pw', 'mdp', 'mima'],
  weak: [
    ...['sig', 'signature', 'sas', 'ak', 'sk', 'otp', 'totp', 'auth', 'hmac', 'sid', 'session id'],
    ...['sessid', 'webhook', 'parola', 'haslo', 'key'],
  ],
} as const;

/** Words before a `whole` word. */
export const FRONTS =
  'user|db|auth|login|mqtt|smtp|sasl|root|admin|ftp|ssh|wifi|redis|mysql|broker|client';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

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
  const hasSign = kindsIn(value) > 3 && SIGN.test(value.slice(1));
  return hasSign || looksRandom(value) || runsShare(value) >= RUNS_SHARE;
}

const TOKEN = /^[\w+/.~-]{20,200}={0,2}$/;
const HEX = /^(?:[0-9a-f]{32,}|[0-9A-F]{32,})$/;

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

/** `primaryKey`, `topic_key`: keys that are not secrets, and words with the same end. */
const OTHER_KEYS =
  /(?:primary|partition|sort|foreign|topic|map|group|row|cache|index|unique|composite|natural|surrogate|join|range|order|routing|message|record|field|column|object|json|dict|meta|config|dedup|idempotency|lookup|shard|cluster|candidate|super|parent|child|data|tag|event|name|id|input|output|source|dest|destination|target|i18n|translation|label|hot|arrow|home|short|public|pub|verify|verification|host|table|property|attribute|metric|sensor|value|registry|by|with|has|is|on|no|any|each|mon|tur|whis|don|hoc|joc|mic|coc|lac)$/;

const LAST_WORDS: ReadonlySet<string> = new Set(
  SECRET_WORDS.weak.filter((word) => word !== 'key' && !word.includes(' ')),
);

/** Without letter case and separators, as eKuiper 1.x passes keys on. */
const LAST = /(?:signature|sessionid|sessid|webhook)$/;

/** Words for the notation of a value, which do not show whether it is a secret. */
const WRITTEN_AS = /^(?:ur[il]|hex|base64|b64|raw|value|string|str|text|\d{1,3})$/;

/**
 * Whether a key may name a secret, so that its value decides: `sig`, `deviceKey`, `cipher_key`, but neither `key`
 * alone nor `primaryKey`.
 */
export function isWeakKey(key: string): boolean {
  const words = key
    .slice(-200)
    .replace(/([a-z0-9])(?=[A-Z])/g, '$1 ')
    .toLowerCase()
    .split(/[-_. ]/)
    .filter((word) => word !== '');
  while (words.length > 1 && WRITTEN_AS.test(words.at(-1) ?? '')) words.pop();
  const plain = words.join('').replace(/(?<=webhook)ur[il]$/, '');
  if (LAST_WORDS.has(words.at(-1) ?? '') || LAST.test(plain)) return true;
  return plain.length > 4 && plain.endsWith('key') && !OTHER_KEYS.test(plain.slice(0, -3));
}

const PLAIN =
  /^(?:[a-z]{0,8}|\d{1,4}|-?\d{1,4}\.\d{1,4}|undefined|(?:hmac|oauth|sha|md|aes|rsa|hs|rs|es|ps|ed|x|v|http|tls|mqtt|utf)[-_]?(?:sha)?[-_]?\d{1,5}(?:[-_](?:cbc|gcm|ctr|ecb|\d{1,4}))?)$/i;

/** Whether the value of a weak key may be shown: a word, a boolean, a small number, the name of an algorithm. */
function isPlainValue(value: string): boolean {
  return PLAIN.test(value.trim());
}

const PARTS = /[\s\-_.:/=&?+,;%]+/;

/** Words that contain a digit. */
const KNOWN = /oauth2?|sha\d{1,3}|md5|x509|base64|utf8|http2|i18n|k8s|[hrep]s\d{3}/gi;

/**
 * Whether a value looks generated: at least eight characters in a row that alternate between letters, digits and
 * signs, a UUID, or letters with frequent changes of case.
 */
export function looksRandom(value: string): boolean {
  if (UUID.test(value)) return true;
  return value
    .slice(0, 4000)
    .replace(KNOWN, '')
    .split(PARTS)
    .some((part) => part.length >= 8 && (turnsIn(part) >= 3 || hasMixedCase(part)));
}

function turnsIn(part: string): number {
  const runs = part.match(/[A-Za-z]+|\d+|[^A-Za-z\d]+/g) ?? [];
  return runs.length - 1;
}

function hasMixedCase(part: string): boolean {
  return part.length >= 12 && (part.match(/[a-z](?=[A-Z])/g) ?? []).length >= part.length / 4;
}

/** Whether the value of a weak key must be masked; masks in case of doubt. */
export function isHiddenValue(value: unknown): boolean {
  if (Array.isArray(value)) return value.slice(0, 1000).some(isHiddenScalar);
  return isHiddenScalar(value);
}

function isHiddenScalar(value: unknown): boolean {
  const isText = typeof value === 'string' || typeof value === 'number';
  return isText && !isPlainValue(String(value));
}

const PAIR = /(?<![\w.-])\\{0,8}["']?([\w.-]{2,64})\\{0,8}["']?\s{0,8}(?::=|[:=>])\s{0,8}/g;
const MAY_BE = /key|sig|sas|ak|sk|otp|auth|hmac|sid|sess|hook|parola|haslo/i;
const VALUE = /\\{0,8}["'`]?([^"'`,;}\]<]{0,400})/y;
const LITERAL = /[rbfuRBFU]{0,2}["'`]/y;

/**
 * The column of the first value of a weak key in a line that must be masked; null without one. In a `program` only
 * literals are values. Values on another line than their key are found by the parsers.
 */
export function weakValueAt(line: string, inProgram = false): number | null {
  if (!MAY_BE.test(line)) return null;
  PAIR.lastIndex = 0;
  for (let pair = PAIR.exec(line); pair !== null; pair = PAIR.exec(line)) {
    const at = PAIR.lastIndex;
    LITERAL.lastIndex = at;
    const isLiteral = LITERAL.test(line);
    VALUE.lastIndex = inProgram && isLiteral ? LITERAL.lastIndex - 1 : at;
    const value = VALUE.exec(line)?.[1] ?? '';
    const isValue = inProgram ? isLiteral : !/^[[{|>&*!]|^\s*#/.test(value);
    if (isValue && isWeakKey(pair[1] ?? '') && !isPlainValue(withoutComment(value))) return at;
  }
  return null;
}

function withoutComment(value: string): string {
  const at = value.search(/\s#/);
  return at < 0 ? value : value.slice(0, at);
}
