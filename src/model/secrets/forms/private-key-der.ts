import { standsAt } from './stands-at.ts';

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

/** Whether a file starts with a private key in DER, complete or truncated. */
export function isPrivateKeyDer(bytes: Uint8Array): boolean {
  return bytes[0] === TAG && KEY.test(startOf(bytes));
}

/** Whether a file is a PKCS#12 key store, whatever its name. */
export function isPkcs12(bytes: Uint8Array): boolean {
  return bytes[0] === TAG && PKCS12.test(startOf(bytes));
}

/** The version of a key store and the tag of the next part; the tag and total length precede it. */
export const PKCS12_MARK: Buffer = Buffer.of(2, 1, 3, 0x30);
const BEFORE_MARK = [2, 3, 4, 5, 6];

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
