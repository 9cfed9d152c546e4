import type { Hit } from './private-key-text.ts';

/** Header, claims and a signature of 15 bytes or more; three texts of base64url (RFC 7515, section 7.1). */
const TOKEN = /([\w-]{10,400})\.(eyJ[\w-]{7,4000})\.[\w-]{20}/y;
/** The claims of jwt.io, of the RFCs and of the documents of libraries, which are no one's. */
const SAMPLE =
  /"sub":\s{0,4}"(?:1234567890|[^"]{0,40}example)|"some":|"foo":|"hello":|"iss":\s{0,4}"(?:joe|test|issuer)"|Claim":|John Doe|example\.(?:com|org)/;

/** Whether a signed JSON Web Token begins at a hit of `eyJ`: its header names an algorithm, and its claims are no sample. */
export function isJsonWebToken({ text, at }: Hit): boolean {
  if (/[\w.-]/.test(text.charAt(at - 1))) return false;
  TOKEN.lastIndex = at;
  const [, header = '', claims = ''] = TOKEN.exec(text) ?? [];
  const algorithm = /"alg"\s{0,4}:\s{0,4}"([^"]{1,20})"/.exec(decoded(header))?.[1];
  if (algorithm === undefined || algorithm.toLowerCase() === 'none') return false;
  const said = decoded(claims);
  return /^\{\s{0,4}"[^"]{1,60}"\s{0,4}:/.test(said) && !SAMPLE.test(said);
}

function decoded(part: string): string {
  return Buffer.from(part, 'base64url').toString('latin1');
}
