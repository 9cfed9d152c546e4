import { type Hit, isMixed } from './private-key-text.ts';
import { unescaped } from './unescaped.ts';

/** Maximum distance between a mark and its key; the numbers of an RSA key of 8192 bits have about 7000 characters. */
const REACH = 8000;

const D_OF_XML = /(?:<|&lt;)[DX](?:>|&gt;)\s{0,80}[A-Za-z0-9+/]{20}/;

/** Whether a hit of `KeyValue>` starts a private key in the XML of .NET and XML Signature: `D` of RSA, `X` of DSA. */
export function isXmlKey(hit: Hit): boolean {
  const front = hit.text.slice(Math.max(0, hit.at - 3), hit.at);
  return /^(?:RSA|DSA)$/.test(front) && D_OF_XML.test(unescaped(behind(hit, REACH)));
}

const NUMBER = /^\\{0,8}["']?(?:>|&gt;|\s{0,8}[:=]\s{0,8}\\{0,8}["'])[A-Za-z0-9+/]{40}/;

/** Whether a hit of `InverseQ`, the last number of an RSA key in .NET, has a value. */
export function isInverseQ({ text, end }: Hit): boolean {
  return NUMBER.test(text.slice(end, end + 100));
}

const OPENVPN_BODY = /^[a-z0-9 ]{0,20}-----[\s"'+,#>]{1,20}[A-Za-z0-9+/]{32}/;

/** Whether a hit of `BEGIN OpenVPN ` starts a static key or a tls-crypt-v2 key, with its first line. */
export function isOpenVpnKey({ text, end }: Hit): boolean {
  const body = unescaped(text.slice(end, end + 200)).replace(/^(?:Static key V|tls-crypt-v2 )/, '');
  return OPENVPN_BODY.test(body);
}

const COMMENTED = /^[^\n]{0,1000}secret key[^\n]{0,200}\n[\s"'+,#>]{0,20}([A-Za-z0-9+/]{60,})/;

/** Whether a hit of `untrusted comment:` starts a secret key of minisign or signify. */
export function isCommentedKey(hit: Hit): boolean {
  const key = COMMENTED.exec(unescaped(behind(hit, 1600)))?.[1];
  return key !== undefined && isMixed(key);
}

/** Whether the rest of such a key, in base64, follows its first bytes. */
export function isSignifyKey({ text, at, end }: Hit): boolean {
  const rest = text.slice(end, end + 100);
  if (/[A-Za-z0-9+/]/.test(text[at - 1] ?? '')) return false;
  return /^[A-Za-z0-9+/]{100}/.test(rest) && !rest.includes(text.slice(at, end));
}

const CIPHERTEXT = /^\\{0,8}["']\s{0,8}:\s{0,8}\\{0,8}["'][0-9a-fA-F]{64}/;
const WITH_KDF = /kdf\\{0,8}["']\s{0,8}:/;

/** Whether a hit of `ciphertext` belongs to an Ethereum key store (Web3 Secret Storage), encrypted with a password. */
export function isEthereumStore(hit: Hit): boolean {
  const { text, at, end } = hit;
  if (!CIPHERTEXT.test(text.slice(end, end + 120))) return false;
  const before = text.slice(Math.max(0, at - 600), at);
  const own = before.slice(before.lastIndexOf('ciphertext') + 1) + behind(hit, 1000);
  return WITH_KDF.test(own) && /mac\\{0,8}["']\s{0,8}:/.test(own);
}

const RAW =
  /^(?:\\{0,8}["'])?[ \t]{0,8}[:=][ \t]{0,8}(?:\\{0,8}["'])?(?:([A-Za-z0-9+/]{43}=)(?![A-Za-z0-9+/=])|(?:0x)?([a-fA-F0-9]{64})(?![A-Za-z0-9]))/;

/** Whether 32 bytes in base64 or hexadecimal follow a name such as `PrivateKey`: WireGuard, Ethereum, NaCl. */
export function isRawKey({ text, end }: Hit): boolean {
  const found = RAW.exec(text.slice(end, end + 120));
  const value = found?.[1] ?? found?.[2] ?? '';
  return value !== '' && new Set(value.replace(/^0x/, '').toLowerCase()).size > 2;
}

/** Longer than the public lines of the longest keys. */
const PUTTY_REACH = 20_000;

const START = /^\d: ?[a-z][\w@.-]{2,60}\s/;
const PRIVATE_LINES = /Private-Lines: ?\d{1,3}[^A-Za-z0-9+/]{1,40}[A-Za-z0-9+/]{2}/;

/**
 * Whether a PuTTY key file starts at a hit of `PuTTY-User-Key-File-`: its kind, and private lines that are not empty.
 * A program that reads such files contains the words, but not the lines. Looks no further than the next hit.
 */
export function isPuttyKey({ text, end }: Hit): boolean {
  if (!START.test(unescaped(text.slice(end, end + 80)))) return false;
  const rest = text.slice(end, end + PUTTY_REACH);
  const next = rest.indexOf('PuTTY-User-Key-File-');
  return PRIVATE_LINES.test(unescaped(next < 0 ? rest : rest.slice(0, next)));
}

/** Maximum distance between the type and the secret member of a JSON Web Key; n of RSA has 683 characters. */
const JWK_REACH = 4000;

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
  const before = text.slice(Math.max(0, at - JWK_REACH), at);
  const after = text.slice(end, end + JWK_REACH);
  const next = after.indexOf('kty');
  const own =
    before.slice(before.lastIndexOf('kty') + 1) + (next < 0 ? after : after.slice(0, next));
  if (!isQuoted) return isMixed(SECRET_IN_YAML.exec(own)?.[1] ?? '');
  return SECRET.test(own) || (SHARED_TYPE.test(after.slice(0, 40)) && SHARED.test(own));
}

/** The text up to the next mark of the same kind, so that a text with many marks is read at most twice. */
function behind({ text, at, end }: Hit, reach: number): string {
  const rest = text.slice(end, end + reach);
  const next = rest.indexOf(text.slice(at, end));
  return next < 0 ? rest : rest.slice(0, next);
}
