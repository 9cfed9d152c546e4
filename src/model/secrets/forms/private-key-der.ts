import { standsAt } from './candidates.ts';
import { type Hit, upToOthers } from './private-key-text.ts';
import { inOneRow } from './unescaped.ts';

/** The start of an OpenSSH private key in binary form (PROTOCOL.key of OpenSSH). */
export const OPENSSH_MARK: Buffer = Buffer.from('openssh-key-v1\0', 'latin1');

/** The mark of OpenSSH and the following length, in base64. */
export const OPENSSH_IN_BASE64 = Buffer.concat([OPENSSH_MARK, Buffer.alloc(3)]).toString('base64');

/** Minimum length of the private part; that of Ed25519 has about 130 bytes. */
const LEAST = 64;

/** A DER sequence of any length. */
const SEQUENCE = String.raw`0(?:[\x05-\x7f]|\x81[\s\S]|\x82[\s\S]{2})`;

/** PKCS#8 (RFC 5958): a version, then an algorithm. */
const PKCS8 = String.raw`\x02\x01[\x00\x01]0[\x05-\x30]\x06[\x03-\x0b]`;

/** PKCS#1 (RFC 8017) and DSA: a version, then a number of 512 bits or more. */
const PKCS1 = String.raw`\x02\x01[\x00\x01]\x02(?:[\x40-\x7f]|\x81[\x80-\xff]|\x82[\s\S]{2})\x00?`;

/** SEC 1 (RFC 5915): version 1, then the number as bytes. */
const SEC1 = String.raw`\x02\x01\x01\x04[\x14-\x42]`;

/** Encrypted PKCS#8: an algorithm of PKCS#5 (1.2.840.113549.1.5) or PKCS#12 (1.2.840.113549.1.12.1). */
const ENCRYPTED = String.raw`${SEQUENCE}\x06[\x09\x0a]\x2a\x86\x48\x86\xf7\x0d\x01(?:\x05|\x0c\x01)`;

const KEY = new RegExp(`^${SEQUENCE}(?:${PKCS8}|${PKCS1}|${SEC1}|${ENCRYPTED})`);

/** A sequence in DER or BER. */
const ANY_SEQUENCE = String.raw`0(?:[\x00-\x80]|\x81[\s\S]|\x82[\s\S]{2}|\x83[\s\S]{3}|\x84[\s\S]{4})`;

/**
 * PFX of RFC 7292: a sequence with version 3, then a sequence that starts with its content type: data
 * (1.2.840.113549.1.7.1) or signed data (…7.2).
 */
const PFX = String.raw`${ANY_SEQUENCE}\x02\x01\x03${ANY_SEQUENCE}\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07[\x01\x02]`;

const PKCS12 = new RegExp(`^${PFX}`);

/** The tag of a sequence. */
const TAG = 0x30;

/** The version of a key store and the tag of the next part; the tag and total length precede it. */
export const PKCS12_MARK: Buffer = Buffer.of(2, 1, 3, 0x30);

const BEFORE_MARK = [2, 3, 4, 5, 6];

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

/** Whether a file starts with a private key in DER, complete or truncated. */
export function isPrivateKeyDer(bytes: Uint8Array): boolean {
  return bytes[0] === TAG && KEY.test(startOf(bytes));
}

/** Whether a file is a PKCS#12 key store, whatever its name. */
export function isPkcs12(bytes: Uint8Array): boolean {
  return bytes[0] === TAG && PKCS12.test(startOf(bytes));
}

/** Whether a {@link PKCS12_MARK} at this offset belongs to a key store inside other data. */
export function isPkcs12Around(bytes: Buffer, at: number): boolean {
  return (
    standsAt(bytes, at, PKCS12_MARK) &&
    BEFORE_MARK.some((length) => at >= length && isPkcs12(bytes.subarray(at - length)))
  );
}

function startOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 64));
}

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

/** The total length of a DER sequence with its header; up to three length bytes. */
function lengthOf(key: Buffer): number {
  const [, first = 0, second = 0, third = 0] = key;
  if (first < 0x80) return 2 + first;
  return first === 0x81 ? 3 + second : 4 + second * 256 + third;
}

/**
 * Whether an OpenSSH private key starts at this offset: the names of a cipher and of a key derivation function,
 * options, the number of keys, a public key, and the private part, complete or truncated. A program that reads such
 * keys contains only the mark.
 */
export function isOpenSshKey(bytes: Buffer, at: number): boolean {
  if (!standsAt(bytes, at, OPENSSH_MARK)) return false;
  const cipher = behindString(bytes, at + OPENSSH_MARK.length, 40);
  const kdf = cipher && behindString(bytes, cipher, 40);
  const options = kdf && behindString(bytes, kdf, 100);
  const publicKey = options && behindString(bytes, options + 4, 4000);
  return (
    publicKey !== null && lengthAt(bytes, publicKey) >= LEAST && bytes.length - publicKey > LEAST
  );
}

/** Offset after a length-prefixed string; null when it is longer than `most` bytes. */
function behindString(bytes: Buffer, at: number, most: number): number | null {
  const length = lengthAt(bytes, at);
  return length > most ? null : at + 4 + length;
}

/** The length at an offset; larger than any limit when the data ends before. */
function lengthAt(bytes: Buffer, at: number): number {
  return at + 4 <= bytes.length ? bytes.readUInt32BE(at) : Number.POSITIVE_INFINITY;
}

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
