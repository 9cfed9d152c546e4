import { standsAt } from './stands-at.ts';

/** Bytes that a text lists as numbers. */
export interface ByteList {
  readonly bytes: Buffer;
  /** Where the list begins in the text. */
  readonly at: number;
}

/** The smallest private key, in DER, has 48 bytes. */
const FEWEST = 40;

/** What stands at a number without changing it: casts of Java and C, the types of Rust and Kotlin. */
const BESIDE = ['(byte)', '(char)', '(uint8_t)', 'u8', '.toByte()'].map((word) =>
  Buffer.from(word, 'latin1'),
);

const [ZERO, NINE, MINUS, X] = [0x30, 0x39, 0x2d, 0x78] as const;
const LETTER_CASE = 0x20;

/** By byte: what separates numbers, over several lines and in lists of YAML too. */
const SEPARATES: readonly boolean[] = Array.from({ length: 256 }, (_, byte) =>
  /[,;\s\\-]/.test(byte < 128 ? String.fromCharCode(byte) : '.'),
);
/** By byte: what a list begins with. */
const BEGINS: readonly boolean[] = Array.from(
  { length: 256 },
  (_, byte) => byte === MINUS || (byte >= ZERO && byte <= NINE),
);
/** By byte: the value of a hexadecimal digit, or none. */
const DIGITS: readonly (number | undefined)[] = Array.from({ length: 256 }, (_, byte) => {
  const char = String.fromCharCode(byte);
  return /[0-9a-fA-F]/.test(char) ? Number.parseInt(char, 16) : undefined;
});

/**
 * The lists of bytes in a text, decoded: `48, 130, 4`, `0x30, 0x82`, `(byte) 0x82`, `-126` as Java prints it. One pass;
 * what is no byte, such as a fraction or a larger number, ends a list.
 */
export function* byteLists(text: Uint8Array): Generator<ByteList> {
  let list: number[] = [];
  let start = 0;
  for (let at = 0; at < text.length; ) {
    if (list.length === 0 && !BEGINS[text[at] ?? 0]) {
      at += 1;
      continue;
    }
    const next = list.length === 0 ? at : behindSeparators(text, at);
    const isApart = list.length === 0 ? !isWord(text[at - 1]) : next > at;
    const number = isApart ? numberAt(text, next) : null;
    if (number === null) {
      if (list.length >= FEWEST) yield { bytes: Buffer.from(list), at: start };
      if (list.length > 0) list = [];
      at = next > at ? next : at + 1;
      continue;
    }
    if (list.length === 0) start = next;
    list.push(number.value);
    at = number.end;
  }
  if (list.length >= FEWEST) yield { bytes: Buffer.from(list), at: start };
}

function isWord(byte: number | undefined): boolean {
  return byte !== undefined && (DIGITS[byte] !== undefined || byte === 0x2e || byte === 0x5f);
}

function behindSeparators(text: Uint8Array, at: number): number {
  let end = at;
  for (;;) {
    while (SEPARATES[text[end] ?? 0] && !isNegativeAt(text, end)) end += 1;
    const word = BESIDE.find((one) => standsAt(text, end, one));
    if (word === undefined) return end;
    end += word.length;
  }
}

function isNegativeAt(text: Uint8Array, at: number): boolean {
  return text[at] === MINUS && isDecimal(text[at + 1]);
}

function isDecimal(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}

/** Null for what is no byte, or goes on as something else does. */
function numberAt(text: Uint8Array, at: number): { value: number; end: number } | null {
  const isNegative = isNegativeAt(text, at);
  let end = isNegative ? at + 1 : at;
  if (!isDecimal(text[end])) return null;
  const isHex = text[end] === ZERO && ((text[end + 1] ?? 0) | LETTER_CASE) === X;
  const base = isHex ? 16 : 10;
  if (isHex) end += 2;
  const first = end;
  let value = 0;
  for (; end < first + 4; end += 1) {
    const digit = DIGITS[text[end] ?? 0];
    if (digit === undefined || digit >= base) break;
    value = value * base + digit;
  }
  if (end === first || value > (isNegative ? 128 : 255)) return null;
  return { value: isNegative ? 256 - value : value, end };
}
