import { parseForeignJson } from '../../json/bounded.ts';
import type { Hit } from './private-key-text.ts';

/** In large base64 data any four characters occur by chance. */
const IN_BASE64 = /^[A-Za-z0-9+/]{40}$/;

/** The name of such a token in a finding. */
export const WEB_TOKEN = 'a JSON Web Token';

/** Starts of a header in base64: `{"`, also with a blank or a line end after the brace. */
export const WEB_TOKEN_STARTS: readonly string[] = ['eyJ', 'eyAi', 'ewog', 'ewoi', 'ewoJ', 'ew0K'];

/** `eyJ` encoded in base64 again, as in a Kubernetes Secret. */
export const ENCODED_WEB_TOKEN = 'ZXlK';

/** Header, claims and a signature of at least 15 bytes, each in base64url (RFC 7515, section 7.1). */
const TOKEN = /([\w-]{10,8000})\.([\w-]{7,16000})\.[\w-]{20}/y;

/** Header, key, initialization vector, ciphertext and tag (RFC 7516, section 7.1); the key may be empty. */
const ENCRYPTED =
  /([\w-]{10,8000})\.([\w-]{0,2000})\.[\w-]{16}(?:[\w-]{6})?\.[\w-]{2,32000}\.(?:[\w-]{22}|[\w-]{32}|[\w-]{43})(?![\w-])/y;

/** The keys of the examples in RFC 7516, which documentation and tests repeat. */
const OF_RFC_7516 = /^(?:OKOawDo13gRp2oja|UGhIOguC7IuEvf_N|6KB707dM9YTIgHtL)/;

const ENCODED = /[A-Za-z0-9+/]{80,32000}/y;

/** The default payloads of jwt.io and of library documentation. */
const SAMPLE =
  /^\{(?:(?:"(?:sub":"1234567890"|name":"John Doe"|admin":true|iat":1516239022),?){1,4}|"(?:some|foo|hello)":"\w{1,20}")\}$/;

/** Values as in RFCs, in documentation and tests of libraries, and in trials of a server. */
const LIKE_SAMPLE =
  /"sub":"(?:1234567890"|[^"]{0,40}example)|"some":|"foo":|"hello":|"iss":"(?:joe|test|issuer)"|Claim":|John Doe|example\.(?:com|org)/;

/** Tokens that expired before this are useless. A fixed date, so that every run has the same result. */
const LONG_AGO = Date.UTC(2024, 0) / 1000;

/** A `sample` is no secret; a `likely` token only resembles one and may be real. */
type Kind = 'token' | 'likely' | 'sample';

/**
 * Whether a JSON Web Token starts at a hit of {@link WEB_TOKEN_STARTS}, encrypted, or signed: its header names an
 * algorithm, and its claims do not resemble a sample.
 */
export function isJsonWebToken(hit: Hit): boolean {
  return kindHere(hit) === 'token';
}

/** Whether it is a token whose claims resemble documentation, which may still be signed with a real key. */
export function isLikelyWebToken(hit: Hit): boolean {
  return kindHere(hit) === 'likely';
}

/** Whether a token in base64 starts at a hit of {@link ENCODED_WEB_TOKEN}. */
export function isEncodedWebToken(hit: Hit): boolean {
  if (isInsideWord(hit)) return false;
  ENCODED.lastIndex = hit.at;
  const encoded = ENCODED.exec(hit.text)?.[0] ?? '';
  return kindAt(decoded(encoded), 0) === 'token';
}

/** Whether a value is a token from documentation, or one that expired long ago. */
export function isSampleWebToken(value: string): boolean {
  return kindAt(value, 0) === 'sample';
}

function kindHere(hit: Hit): Kind | null {
  // Tokens joined by a separator are read once.
  if (/[.-]/.test(hit.text.charAt(hit.at - 1)) || isInsideWord(hit)) return null;
  return kindAt(hit.text, hit.at);
}

function kindAt(text: string, at: number): Kind | null {
  return signedAt(text, at) ?? encryptedAt(text, at);
}

/** What an encrypted token says cannot be read: all but those of the RFC count. */
function encryptedAt(text: string, at: number): Kind | null {
  ENCRYPTED.lastIndex = at;
  const [, header = '', key = ''] = ENCRYPTED.exec(text) ?? [];
  const fields = fieldsIn(header);
  if (typeof fields?.get('alg') !== 'string' || typeof fields.get('enc') !== 'string') return null;
  return OF_RFC_7516.test(key) ? 'sample' : 'token';
}

function signedAt(text: string, at: number): Kind | null {
  TOKEN.lastIndex = at;
  const [, header = '', claims = ''] = TOKEN.exec(text) ?? [];
  const algorithm = fieldsIn(header)?.get('alg');
  if (typeof algorithm !== 'string' || algorithm.toLowerCase() === 'none') return null;
  const fields = fieldsIn(claims);
  if (fields === null || fields.size === 0) return null;
  const end = fields.get('exp');
  const said = JSON.stringify(Object.fromEntries(fields));
  if ((typeof end === 'number' && end < LONG_AGO) || SAMPLE.test(said)) return 'sample';
  return LIKE_SAMPLE.test(said) ? 'likely' : 'token';
}

/** The fields of a JSON object in base64; null for other data. */
function fieldsIn(part: string): Map<string, unknown> | null {
  const text = decoded(part);
  if (!text.startsWith('{')) return null;
  try {
    const value = parseForeignJson(text);
    return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : null;
  } catch {
    return null;
  }
}

function decoded(part: string): string {
  return Buffer.from(part, 'base64').toString('latin1');
}

/** Whether a hit continues a word: in `my_ghp_…` it does; after an escape (`\nghp_…`, `%3Dghp_…`) it does not. */
export function isInsideWord({ text, at }: Hit): boolean {
  const front = text.slice(Math.max(0, at - 40), at);
  if (!/\w$/.test(front)) return IN_BASE64.test(front);
  return !/(?:\\[nrtbfv0]|\\u[0-9A-Fa-f]{4}|(?:\\x|%)[0-9A-Fa-f]{2})$/.test(front);
}
