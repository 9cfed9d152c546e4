import { standsAt } from './candidates.ts';
import { isOpenSshKey, isPkcs12Around, OPENSSH_MARK, PKCS12_MARK } from './private-key-der.ts';

/** The DER tags (X.690) in private keys. */
const INTEGER = 0x02;

const OCTETS = 0x04;

const OID = 0x06;

const SEQUENCE = 0x30;

/** RSA has the most: a version and eight numbers, and more when it has more than two primes. */
const MOST_PARTS = 10;

/** The start of a key's content, or the identifier of the algorithm at the start of an encrypted key. */
const MARKS: readonly { readonly mark: Buffer; readonly before: readonly number[] }[] = [
  ...['020100', '020101'].flatMap((version) =>
    [SEQUENCE, INTEGER, OCTETS].map((next) => ({
      mark: Buffer.concat([Buffer.from(version, 'hex'), Buffer.of(next)]),
      before: [0],
    })),
  ),
  // PKCS#5 (1.2.840.113549.1.5) and PKCS#12 (1.2.840.113549.1.12.1).
  { mark: Buffer.from('06092a864886f70d0105', 'hex'), before: [2, 3] },
  { mark: Buffer.from('060a2a864886f70d010c01', 'hex'), before: [2, 3] },
];

/** The marks of {@link isPrivateKeyDerAround}. */
const DER_MARKS: readonly Buffer[] = MARKS.map(({ mark }) => mark);

/** Maximum length of a standalone curve number. */
const NUMBER = 70;

/** The finding text for a binary key; such a file has no lines. */
interface BinaryKey {
  readonly what: string;
  readonly isPrivateKey: true;
  readonly isSealed?: boolean;
  readonly line: null;
}

const PRIVATE_KEY: BinaryKey = { what: 'a private key', isPrivateKey: true, line: null };

export const KEY_STORE: BinaryKey = {
  what: 'a PKCS#12 key store',
  isPrivateKey: true,
  isSealed: true,
  line: null,
};

/** Bytes at or near the start of a key, and the check that excludes chance matches. */
interface BinaryForm {
  readonly key: BinaryKey;
  readonly marks: readonly Buffer[];
  isAround(bytes: Buffer, at: number): boolean;
}

const FORMS: readonly BinaryForm[] = [
  { key: PRIVATE_KEY, marks: DER_MARKS, isAround: isPrivateKeyDerAround },
  { key: PRIVATE_KEY, marks: [OPENSSH_MARK], isAround: isOpenSshKey },
  { key: KEY_STORE, marks: [PKCS12_MARK], isAround: isPkcs12Around },
];

/** The marks of {@link binaryKeyAround}. */
export const BINARY_MARKS: readonly Buffer[] = FORMS.flatMap(({ marks }) => marks);

/** The binary key (DER, OpenSSH, PKCS#12) around one of {@link BINARY_MARKS} at this offset, or null. */
export function binaryKeyAround(bytes: Buffer, at: number): BinaryKey | null {
  return FORMS.find((form) => form.isAround(bytes, at))?.key ?? null;
}

interface Part {
  readonly tag: number;
  /** Start of the content. */
  readonly from: number;
  readonly end: number;
}

/**
 * Whether one of {@link DER_MARKS} is at this offset, inside a complete private key in DER: PKCS#1, PKCS#8 (also
 * encrypted), SEC 1 or DSA. Stricter than a check of the start of a file: the parts must be those of a key and fill
 * it exactly, so that neither certificates nor numbers of a model match.
 */
function isPrivateKeyDerAround(bytes: Buffer, at: number): boolean {
  return MARKS.some(
    ({ mark, before }) =>
      standsAt(bytes, at, mark) &&
      before.some((distance) => isKeyWithContentAt(bytes, at - distance)),
  );
}

/** The header before the content has 2, 3 or 4 bytes. */
function isKeyWithContentAt(bytes: Buffer, at: number): boolean {
  return [2, 3, 4].some((length) => {
    const key = partAt(bytes, at - length);
    return (
      key !== null && key.from === at && key.tag === SEQUENCE && isKey(bytes, partsOf(bytes, key))
    );
  });
}

/** Null when there is none, or when it exceeds the data. */
function partAt(bytes: Buffer, at: number): Part | null {
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (tag === undefined || first === undefined) return null;
  if (first < 0x80) return within(bytes, { tag, from: at + 2, end: at + 2 + first });
  const size = first - 0x80;
  if (size < 1 || size > 2 || at + 2 + size > bytes.length) return null;
  const from = at + 2 + size;
  return within(bytes, { tag, from, end: from + bytes.readUIntBE(at + 2, size) });
}

function within(bytes: Buffer, part: Part): Part | null {
  return part.end <= bytes.length ? part : null;
}

/** The parts of a sequence; empty when they do not fill it, or are more than any key has. */
function partsOf(bytes: Buffer, { from, end }: Part): readonly Part[] {
  const parts: Part[] = [];
  for (let at = from; at < end; ) {
    const part = partAt(bytes, at);
    if (part === null || part.end > end || parts.length === MOST_PARTS) return [];
    parts.push(part);
    at = part.end;
  }
  return parts;
}

/** RFC 8017, DSA of OpenSSL; RFC 5958, RFC 5915. */
function isKey(bytes: Buffer, [first, second, third, ...rest]: readonly Part[]): boolean {
  if (first === undefined || second === undefined) return false;
  const isAlgorithm = (part: Part): boolean => part.tag === SEQUENCE && bytes[part.from] === OID;
  if (first.tag === SEQUENCE) {
    return isAlgorithm(first) && second.tag === OCTETS && third === undefined;
  }
  if (first.tag !== INTEGER || first.end - first.from !== 1) return false;
  if (isAlgorithm(second)) return third?.tag === OCTETS && holdsNumber(bytes, third);
  const length = second.end - second.from;
  if (second.tag === OCTETS) {
    const isEnd = [third, ...rest].every((part) => part === undefined || part.tag >= 0xa0);
    const isOfCurve = length >= 20 && length <= 66 && holdsNumber(bytes, second);
    return isOfCurve && isEnd && bytes[first.from] === 1;
  }
  const numbers = [second, ...(third ? [third] : []), ...rest].filter(({ tag }) => tag === INTEGER);
  return second.tag === INTEGER && length >= 64 && (numbers.length === 5 || numbers.length === 8);
}

/**
 * Whether the bytes in the position of the private number can be one. A library that creates keys contains the bytes
 * before the number, followed by text, or by counters with many zeros; in a number about a third of the bytes are
 * letters, digits and signs.
 */
function holdsNumber(bytes: Buffer, { from, end }: Part): boolean {
  const number = bytes.subarray(Math.max(from, end - 32), end);
  if (end - from > NUMBER) return true;
  const zeros = number.filter((byte) => byte === 0).length;
  const ofText = number.filter((byte) => byte >= 0x20 && byte < 0x7f).length;
  return number.length > 0 && zeros < 5 && ofText < number.length * 0.75;
}
