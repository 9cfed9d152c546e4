import { standsAt } from './stands-at.ts';

/** The start of an OpenSSH private key in binary form (PROTOCOL.key of OpenSSH). */
export const OPENSSH_MARK: Buffer = Buffer.from('openssh-key-v1\0', 'latin1');

/** Minimum length of the private part; that of Ed25519 has about 130 bytes. */
const LEAST = 64;

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
