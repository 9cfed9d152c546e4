import { isPkcs12, isPrivateKeyDer } from './private-key-der.ts';
import { SECRET_TEXTS, type SecretText } from './secret-texts.ts';

/** What a file holds that should not leave its author. */
export interface SecretContent {
  /** With its article: `a private key`, `a GitHub token`. */
  readonly what: string;
  readonly isPrivateKey: boolean;
  /** A private key is likely in it; only who has its password could tell. */
  readonly isSealed?: boolean;
  /** 1-based; null for what has no lines. */
  readonly line: number | null;
}

/** So much of a text is searched for everything; behind it, only for private keys. */
export const SEARCHED_BYTES = 16 * 1024 * 1024;
/** So much of everything else: models, images, archives and programs hold no text that a person put there. */
export const SEARCHED_OF_BINARY = 64 * 1024;

/**
 * Looks for a secret in a file, or in its first {@link SEARCHED_BYTES}; a private key goes first. What lies behind them
 * is for {@link privateKeyIn}.
 */
export function secretIn(bytes: Uint8Array): SecretContent | null {
  if (isCoreDump(bytes)) {
    return { what: 'a memory dump of a program', isPrivateKey: false, line: null };
  }
  if (isPrivateKeyDer(bytes)) return { what: 'a private key', isPrivateKey: true, line: null };
  if (isPkcs12(bytes)) {
    return { what: 'a PKCS#12 key store', isPrivateKey: true, isSealed: true, line: null };
  }
  const form = formOf(bytes);
  const isBinary = form === 'binary';
  const searched = bytes.subarray(0, isBinary ? SEARCHED_OF_BINARY : SEARCHED_BYTES);
  const found = firstIn(asciiOf(searched, form));
  if (found?.isPrivateKey) return judged(found, bytes);
  return (isBinary ? privateKeyIn(bytes, bytes) : null) ?? found;
}

/** Libraries such as GnuTLS hold the keys of their own tests: a line that names the file can let it in. */
function judged(found: SecretContent, start: Uint8Array): SecretContent {
  if (!isElf(start)) return found;
  return { ...found, what: 'a private key inside a compiled program', isPrivateKey: false };
}

/**
 * Looks for a private key in any part of a file of any kind: around what keys begin with, each place once. `start` is
 * the start of the file.
 */
export function privateKeyIn(bytes: Uint8Array, start: Uint8Array): SecretContent | null {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const { marker, form } of MARKERS) {
    let at = all.indexOf(marker);
    while (at >= 0) {
      const from = Math.max(0, at - BEFORE);
      const window = asciiOf(all.subarray(from, from + WINDOW), form);
      // What is cut at the end of the window does not end there, and is looked at again.
      const found = firstIn(from + WINDOW < all.length ? `${window}...` : window);
      if (found?.isPrivateKey) return judged({ ...found, line: null }, start);
      at = all.indexOf(marker, Math.max(at + 1, from + WINDOW - OVERLAP));
    }
  }
  return null;
}

/** Found by the thousand megabytes per second, so that every byte of a file can be asked for them. */
const MARKERS = ['PRIVATE KEY', 'PuTTY-User-Key-File-', 'AGE-SECRET-KEY-1'].flatMap((text) => [
  { marker: Buffer.from(text, 'latin1'), form: 'text' as const },
  // Without its last zero it is the same in either byte order.
  { marker: Buffer.from(text, 'utf16le').subarray(0, -1), form: 'wide' as const },
]);

/** From the middle of the longest header to its begin, in UTF-16. */
const BEFORE = 200;
const WINDOW = 128 * 1024;
/** The longest key of PuTTY in UTF-16 fits in: so much is searched again behind a window, or a piece of a file. */
export const OVERLAP = 48 * 1024;

const LOOKED_AT = 1024;

type Form = 'text' | 'wide' | 'binary';

/** One character per byte. The zeros of UTF-16 and UTF-32 fall out: all that is looked for is ASCII. */
function asciiOf(bytes: Uint8Array, form: Form): string {
  const { buffer, byteOffset, byteLength } = bytes;
  const text = Buffer.from(buffer, byteOffset, byteLength).toString('latin1');
  return form === 'wide' ? text.replaceAll('\0', '') : text;
}

/**
 * `wide`: UTF-16 or UTF-32, by the byte-order mark, or because most bytes at every second place are zero as where most
 * is ASCII.
 */
function formOf(bytes: Uint8Array): Form {
  const start = bytes.subarray(0, LOOKED_AT);
  if (!start.includes(0)) return 'text';
  if (hasWideMark(start)) return 'wide';
  const zeros = [0, 0];
  start.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const isWide = Math.max(...zeros) > start.length * 0.35 && printableShare(start) > 0.9;
  return isWide ? 'wide' : 'binary';
}

/** FE FF, FF FE (which begins UTF-32LE too) or 00 00 FE FF. */
function hasWideMark([first, second, third, fourth]: Uint8Array): boolean {
  const isMark = (a: number | undefined, b: number | undefined): boolean =>
    (a === 0xfe && b === 0xff) || (a === 0xff && b === 0xfe);
  return isMark(first, second) || (first === 0 && second === 0 && isMark(third, fourth));
}

function printableShare(start: Uint8Array): number {
  const rest = start.filter((byte) => byte !== 0);
  const printable = rest.filter((byte) => byte >= 9);
  return rest.length === 0 ? 0 : printable.length / rest.length;
}

/** ELF files of the type ET_CORE, in either byte order. */
function isCoreDump(bytes: Uint8Array): boolean {
  return (
    isElf(bytes) && bytes[bytes[5] === 2 ? 17 : 16] === 4 && bytes[bytes[5] === 2 ? 16 : 17] === 0
  );
}

function isElf(bytes: Uint8Array): boolean {
  return bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c && bytes[3] === 0x46;
}

const BY_NEEDLE: ReadonlyMap<string, SecretText> = new Map(
  SECRET_TEXTS.flatMap((secret) => secret.needles.map((needle) => [needle, secret] as const)),
);

const NEEDLES = new RegExp(
  Array.from(BY_NEEDLE.keys(), (needle) => needle.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'),
  'g',
);

function firstIn(text: string): SecretContent | null {
  let found: SecretContent | null = null;
  for (const { 0: needle, index } of text.matchAll(NEEDLES)) {
    const secret = BY_NEEDLE.get(needle);
    if (!secret || (found && !secret.isPrivateKey)) continue;
    if (!secret.isIt({ text, at: index, end: index + needle.length })) continue;
    const { what, isPrivateKey } = secret;
    const place = { what, isPrivateKey, line: lineOf(text, index) };
    if (isPrivateKey) return place;
    found = place;
  }
  return found;
}

function lineOf(text: string, at: number): number {
  let line = 1;
  for (let end = text.indexOf('\n'); end >= 0 && end < at; end = text.indexOf('\n', end + 1))
    line += 1;
  return line;
}
