import { type Hit, isMixed } from './private-key-text.ts';
import { unescaped } from './unescaped.ts';

/** Maximum distance between a mark and its key; the numbers of an RSA key of 8192 bits have about 7000 characters. */
const REACH = 8000;

/** The text up to the next mark of the same kind, so that a text with many marks is read at most twice. */
function behind({ text, at, end }: Hit, reach: number): string {
  const rest = text.slice(end, end + reach);
  const next = rest.indexOf(text.slice(at, end));
  return next < 0 ? rest : rest.slice(0, next);
}

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
