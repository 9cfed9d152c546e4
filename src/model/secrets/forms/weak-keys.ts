import { OTHER_KEYS, SECRET_WORDS } from './secret-words.ts';

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
export function isPlainValue(value: string): boolean {
  return PLAIN.test(value.trim());
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
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
