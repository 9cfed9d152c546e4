import { standsAt } from './stands-at.ts';

/** What a private key of OpenSSH in binary form begins with (PROTOCOL.key of OpenSSH). */
export const OPENSSH_MARK: Buffer = Buffer.from('openssh-key-v1\0', 'latin1');

/** As much of the private part as tells that it is there; that of Ed25519 has some 130 bytes. */
const LEAST = 64;

/**
 * Whether a private key of OpenSSH begins at this place: the names of a cipher and of how its key is made, options, the
 * count of keys, a public key, and the private part, whole or truncated. A program that reads such keys has the mark alone.
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

/** Null where there is none of at most so many bytes. */
function behindString(bytes: Buffer, at: number, most: number): number | null {
  const length = lengthAt(bytes, at);
  return length > most ? null : at + 4 + length;
}

/** More than anything where the bytes end before. */
function lengthAt(bytes: Buffer, at: number): number {
  return at + 4 <= bytes.length ? bytes.readUInt32BE(at) : Number.POSITIVE_INFINITY;
}
