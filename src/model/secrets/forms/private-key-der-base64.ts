import { isPrivateKeyDer } from './private-key-der.ts';
import { isOpenSshKey, OPENSSH_MARK } from './private-key-openssh.ts';
import { type Hit, upToOthers } from './private-key-text.ts';
import { inOneRow } from './put-together.ts';

/** Number of base64 characters before a needle: the tag and the length of the key, in one, two or three bytes. */
const FRONTS: ReadonlyMap<string, number> = new Map(
  [
    { front: 3, needles: ['CAQAw', 'CAQAC', 'CAQEE', 'CAQEw'] },
    { front: 4, needles: ['AgEAM', 'AgEAA', 'AgEBB', 'AgEBM'] },
    { front: 6, needles: ['IBADA', 'IBAAK', 'IBATA', 'IBAQQ'] },
    // The algorithms of encrypted keys: PKCS#5 after four or three bytes, PKCS#12 the same.
    { front: 8, needles: ['BgkqhkiG9w0BBQ', 'CSqGSIb3DQEF', 'BgoqhkiG9w0BDAE', 'CiqGSIb3DQEMAQ'] },
  ].flatMap(({ front, needles }) => needles.map((needle) => [needle, front] as const)),
);

/** The version at the start of a private key in DER with the next tag, in base64. */
export const DER_IN_BASE64: readonly string[] = [...FRONTS.keys()];

/** Number of characters that are enough to recognize a key, also RSA with 4096 bits. */
const START = 88;
const MOST = 4800;

/**
 * Whether a hit of {@link DER_IN_BASE64} is in a private key in DER (X.690) in base64 without header, as in settings,
 * programs and cloud consoles: complete, or longer than the examined part. Samples in documentation are truncated.
 */
export function isPrivateKeyDerInBase64({ text, at, end }: Hit): boolean {
  const from = at - (FRONTS.get(text.slice(at, end)) ?? 0);
  if (from < 0 || text.charAt(from) !== 'M' || /[A-Za-z0-9+/]/.test(text.charAt(from - 1))) {
    return false;
  }
  if (!isPrivateKeyDer(decoded(text.slice(from, from + START)))) return false;
  const encoded = text.slice(from, from + MOST);
  const key = decoded(encoded);
  return key.length >= Math.min(lengthOf(key), 2400);
}

/** The mark of OpenSSH and the following length, in base64. */
export const OPENSSH_IN_BASE64 = Buffer.concat([OPENSSH_MARK, Buffer.alloc(3)]).toString('base64');

/** Whether a hit of {@link OPENSSH_IN_BASE64} starts a private key without its PEM lines. */
export function isOpenSshInBase64(hit: Hit): boolean {
  return isOpenSshKey(decoded(upToOthers(hit, MOST)), 0);
}

/** Decodes base64 or base64url, also over several lines of source text. */
function decoded(text: string): Buffer {
  const row = inOneRow(text.replace(/\\{1,4}[rn]/g, '\n').replace(/\\{1,4}(?=\/)/g, ''));
  const encoded = /^(?:[A-Za-z0-9+/_-]|%2[BbFf]|\s)*/.exec(row)?.[0] ?? '';
  return Buffer.from(encoded.replace(/%2b/gi, '+').replace(/%2f/gi, '/'), 'base64');
}

/** The total length of a DER sequence with its header; up to three length bytes. */
function lengthOf(key: Buffer): number {
  const [, first = 0, second = 0, third = 0] = key;
  if (first < 0x80) return 2 + first;
  return first === 0x81 ? 3 + second : 4 + second * 256 + third;
}
