import { isUtf8 } from 'node:buffer';

/** UTF-16 or UTF-32 with its byte order. */
interface WideUnits {
  readonly name: 'UTF-16LE' | 'UTF-16BE' | 'UTF-32LE' | 'UTF-32BE';
  /** Whether the bytes begin with a byte-order mark. */
  readonly isMarked: boolean;
}

const MARKS: readonly (readonly [WideUnits['name'], readonly number[]])[] = [
  // Before UTF-16LE, whose mark is a prefix of this one.
  ['UTF-32LE', [0xff, 0xfe, 0, 0]],
  ['UTF-32BE', [0, 0, 0xfe, 0xff]],
  ['UTF-16LE', [0xff, 0xfe]],
  ['UTF-16BE', [0xfe, 0xff]],
];

/** Bytes to examine, a multiple of four; enough for a decision. */
const LOOKED_AT = 4096;

/**
 * Detects UTF-16 and UTF-32, by the byte-order mark or by the positions of the zero bytes of ASCII characters (texts
 * in other encodings have none). Null for other texts.
 */
export function wideUnits(bytes: Uint8Array): WideUnits | null {
  for (const [name, mark] of MARKS) {
    if (mark.every((byte, at) => bytes[at] === byte)) return { name, isMarked: true };
  }
  const name = unmarked(bytes.subarray(0, LOOKED_AT));
  return name && { name, isMarked: false };
}

function unmarked(bytes: Uint8Array): WideUnits['name'] | null {
  const zeros = [0, 0, 0, 0];
  for (const [at, byte] of bytes.entries())
    if (byte === 0) zeros[at % 4] = (zeros[at % 4] ?? 0) + 1;
  const [first = 0, second = 0, third = 0, fourth = 0] = zeros;
  const units = Math.floor(bytes.length / 4);
  if (units > 0 && fourth === units && third >= units * 0.9 && first === 0) return 'UTF-32LE';
  if (units > 0 && first >= units && second >= units * 0.9 && fourth === 0) return 'UTF-32BE';
  const [even, odd] = [first + third, second + fourth];
  const names = even > odd ? (['UTF-16BE'] as const) : (['UTF-16LE'] as const);
  // A text that is UTF-8 except for a stray zero byte must not match.
  const rarest = isUtf8(bytes) ? 2 : 10;
  return names.find((name) => even !== odd && isText(decodeWide(name, bytes), rarest)) ?? null;
}

/** Whether one of `rarest` characters is ASCII and all are valid; the last one may be truncated. */
function isText(text: string, rarest: number): boolean {
  const whole = text.replace(/\ufffd$/, '');
  const plain = whole.replace(/[^\t\n\r\x20-\x7e]/g, '').length;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what a text in UTF-16 does not hold
  const isBad = /[\0-\x08\x0e-\x1f\x7f\ufffd\uffff]|\p{Cs}|\p{Cn}|\p{Co}/u.test(whole);
  return !isBad && plain > 0 && plain * rarest >= whole.length;
}

/** Decodes without a byte-order mark; invalid units become U+FFFD. An incomplete unit at the end is dropped. */
export function decodeWide(name: WideUnits['name'], bytes: Uint8Array): string {
  const isLittle = name.endsWith('LE');
  const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
  const text = name.startsWith('UTF-16')
    ? new TextDecoder(isLittle ? 'utf-16le' : 'utf-16be').decode(even)
    : decode32(bytes, isLittle);
  return text.replace(/^\ufeff/, '');
}

function decode32(bytes: Uint8Array, isLittle: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const units = Array.from({ length: Math.floor(bytes.length / 4) }, (_, at) =>
    view.getUint32(at * 4, isLittle),
  );
  const isChar = (code: number): boolean => code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return units.map((code) => (isChar(code) ? String.fromCodePoint(code) : '\ufffd')).join('');
}
