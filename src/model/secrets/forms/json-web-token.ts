import { isInsideWord } from './inside-word.ts';
import type { Hit } from './private-key-text.ts';

/** What such a token is called in a finding. */
export const WEB_TOKEN = 'a JSON Web Token';

/** In base64, what a header begins with: `{"`, and with a blank or an end of line behind the bracket. */
export const WEB_TOKEN_STARTS: readonly string[] = ['eyJ', 'eyAi', 'ewog', 'ewoi', 'ewoJ', 'ew0K'];

/** `eyJ` in base64 once more, as a Secret of Kubernetes holds such a token. */
export const ENCODED_WEB_TOKEN = 'ZXlK';

/** Header, claims and a signature of 15 bytes or more; three texts of base64url (RFC 7515, section 7.1). */
const TOKEN = /([\w-]{10,8000})\.([\w-]{7,16000})\.[\w-]{20}/y;

const ENCODED = /[A-Za-z0-9+/]{80,32000}/y;

/** What jwt.io writes into a new token, and the documents of libraries. */
const SAMPLE =
  /^\{(?:(?:"(?:sub":"1234567890"|name":"John Doe"|admin":true|iat":1516239022),?){1,4}|"(?:some|foo|hello)":"\w{1,20}")\}$/;

/** As the RFCs, and the documents and tests of libraries, have them, and who tries a server out. */
const LIKE_SAMPLE =
  /"sub":"(?:1234567890"|[^"]{0,40}example)|"some":|"foo":|"hello":|"iss":"(?:joe|test|issuer)"|Claim":|John Doe|example\.(?:com|org)/;

/** Of no use since before there was kplugin. By no clock, so that every run says the same. */
const LONG_AGO = Date.UTC(2024, 0) / 1000;

/** A sample is nobody's; what is only like one may be somebody's. */
type Kind = 'token' | 'likely' | 'sample';

/** Whether a signed JSON Web Token begins at a hit of {@link WEB_TOKEN_STARTS}: its header names an algorithm, and its claims are like no sample. */
export function isJsonWebToken(hit: Hit): boolean {
  return kindHere(hit) === 'token';
}

/** The same for one with claims like those of documents, which somebody may have signed with a key of their own. */
export function isLikelyWebToken(hit: Hit): boolean {
  return kindHere(hit) === 'likely';
}

/** The same for one in base64 once more. */
export function isEncodedWebToken(hit: Hit): boolean {
  if (isInsideWord(hit)) return false;
  ENCODED.lastIndex = hit.at;
  const encoded = ENCODED.exec(hit.text)?.[0] ?? '';
  return kindAt(decoded(encoded), 0) === 'token';
}

/** Whether a value is a token that documents print, or that ended long ago. */
export function isSampleWebToken(value: string): boolean {
  return kindAt(value, 0) === 'sample';
}

function kindHere(hit: Hit): Kind | null {
  // Many tokens in a row, with a sign between them, are read once.
  if (/[.-]/.test(hit.text.charAt(hit.at - 1)) || isInsideWord(hit)) return null;
  return kindAt(hit.text, hit.at);
}

function kindAt(text: string, at: number): Kind | null {
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

/** The fields of an object of JSON in base64; null for anything else. */
function fieldsIn(part: string): Map<string, unknown> | null {
  const text = decoded(part);
  if (!text.startsWith('{')) return null;
  try {
    return new Map<string, unknown>(Object.entries(JSON.parse(text)));
  } catch {
    return null;
  }
}

function decoded(part: string): string {
  return Buffer.from(part, 'base64').toString('latin1');
}
