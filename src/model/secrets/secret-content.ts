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

/** So much of a text is searched; nobody's settings or programs are longer. */
export const SEARCHED_BYTES = 1024 * 1024;
/** So much of everything else: models, images, archives and programs hold no text that a person put there. */
export const SEARCHED_OF_BINARY = 64 * 1024;

/** Looks for a secret in the first bytes of a file, at most {@link SEARCHED_BYTES} of them; a private key goes first. */
export function secretIn(bytes: Uint8Array): SecretContent | null {
  if (isCoreDump(bytes)) {
    return { what: 'a memory dump of a program', isPrivateKey: false, line: null };
  }
  const text = searchedText(bytes);
  if (DER_KEY.test(text.slice(0, 32)))
    return { what: 'a private key', isPrivateKey: true, line: null };
  if (PKCS12.test(text.slice(0, 64))) {
    return { what: 'a PKCS#12 key store', isPrivateKey: true, isSealed: true, line: null };
  }
  return firstIn(text);
}

/** Whether what was read of a file is a text, in whatever encoding; then more of it is worth a look. */
export function isText(head: Uint8Array): boolean {
  return formOf(head) !== 'binary';
}

const LOOKED_AT = 1024;

/** PKCS#8, PKCS#1 and SEC 1 in binary form: a sequence with its version, then the algorithm or the numbers. */
const DER_KEY =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are bytes
  /^0(?:[\x20-\x7f]|\x81[\s\S]|\x82[\s\S]{2})\x02\x01(?:[\x00\x01]0[\x05-\x30]\x06[\x03-\x0b]|\x00\x02\x82[\s\S]{2}\x00|\x01\x04[\x20\x30\x42])/;

/**
 * PFX of RFC 7292 in DER or BER: a sequence with the version 3, then a sequence that begins with the type of its
 * content: data (1.2.840.113549.1.7.1) or signed data (…7.2).
 */
const PKCS12 =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are bytes
  /^0(?:[\x00-\x80]|\x81[\s\S]|\x82[\s\S]{2}|\x83[\s\S]{3}|\x84[\s\S]{4})\x02\x01\x030(?:[\x00-\x80]|\x81[\s\S]|\x82[\s\S]{2}|\x83[\s\S]{3}|\x84[\s\S]{4})\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07[\x01\x02]/;

/** One character per byte. The zeros of UTF-16 and UTF-32 fall out: all that is looked for is ASCII. */
function searchedText(bytes: Uint8Array): string {
  const form = formOf(bytes);
  const limit = form === 'binary' ? SEARCHED_OF_BINARY : SEARCHED_BYTES;
  const { buffer, byteOffset, byteLength } = bytes;
  const text = Buffer.from(buffer, byteOffset, Math.min(byteLength, limit)).toString('latin1');
  return form === 'wide' ? text.replaceAll('\0', '') : text;
}

/** `wide`: UTF-16 or UTF-32, of which most bytes at every second place are zero where most is ASCII. */
function formOf(bytes: Uint8Array): 'text' | 'wide' | 'binary' {
  const start = bytes.subarray(0, LOOKED_AT);
  if (!start.includes(0)) return 'text';
  const zeros = [0, 0];
  start.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const isWide = Math.max(...zeros) > start.length * 0.35 && printableShare(start) > 0.9;
  return isWide ? 'wide' : 'binary';
}

function printableShare(start: Uint8Array): number {
  const rest = start.filter((byte) => byte !== 0);
  const printable = rest.filter((byte) => byte >= 9);
  return rest.length === 0 ? 0 : printable.length / rest.length;
}

/** ELF files of the type ET_CORE, in either byte order. */
function isCoreDump(bytes: Uint8Array): boolean {
  const isElf = bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c && bytes[3] === 0x46;
  return isElf && bytes[bytes[5] === 2 ? 17 : 16] === 4 && bytes[bytes[5] === 2 ? 16 : 17] === 0;
}

const BY_NEEDLE: ReadonlyMap<string, SecretText> = new Map(
  SECRET_TEXTS.flatMap((secret) => secret.needles.map((needle) => [needle, secret] as const)),
);

const NEEDLES = new RegExp(
  Array.from(BY_NEEDLE.keys(), (needle) => needle.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'),
  'g',
);

/** Hits that are looked at closely; a text with more of them is made of needles. */
const MOST_HITS = 20_000;

function firstIn(text: string): SecretContent | null {
  let found: SecretContent | null = null;
  let hits = 0;
  for (const { 0: needle, index } of text.matchAll(NEEDLES)) {
    hits += 1;
    if (hits > MOST_HITS) break;
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
