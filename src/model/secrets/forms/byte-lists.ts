import { standsAt } from './candidates.ts';

/** The smallest private key, in DER, has 48 bytes. */
const FEWEST = 40;

/** Casts and suffixes around a number: of Java and C, and the types of Rust and Kotlin. */
const BESIDE = ['(byte)', '(char)', '(uint8_t)', 'u8', '.toByte()'].map((word) =>
  Buffer.from(word, 'latin1'),
);

/** Indexed by byte: first characters of these. */
const BESIDE_BEGINS: readonly boolean[] = Array.from({ length: 256 }, (_, byte) =>
  BESIDE.some(([first]) => first === byte),
);

const [ZERO, NINE, MINUS, X] = [0x30, 0x39, 0x2d, 0x78] as const;
const LETTER_CASE = 0x20;

/** Indexed by byte: separators between numbers, including line ends and YAML list dashes. */
const SEPARATES: readonly boolean[] = Array.from({ length: 256 }, (_, byte) =>
  /[,;\s\\-]/.test(byte < 128 ? String.fromCharCode(byte) : '.'),
);

/** Indexed by byte: first characters of a list. */
const BEGINS: readonly boolean[] = Array.from(
  { length: 256 },
  (_, byte) => byte === MINUS || (byte >= ZERO && byte <= NINE),
);

const NO_DIGIT = 16;

/** Indexed by byte: the value of a hexadecimal digit, or {@link NO_DIGIT}. */
const DIGITS = Uint8Array.from({ length: 256 }, (_, byte) => {
  const char = String.fromCharCode(byte);
  return /[0-9a-fA-F]/.test(char) ? Number.parseInt(char, 16) : NO_DIGIT;
});

/** A row of xxd, `hexdump -C` or `od -A x -t x1`: an offset, then bytes, single or in pairs. */
const ROW =
  /^[ \t]{0,8}[0-9a-fA-F]{6,8}:?[ \t]{1,4}((?:[0-9a-fA-F]{2}){1,4}(?:[ \t]{1,2}(?:[0-9a-fA-F]{2}){1,4}){0,32})(?=[ \t]{0,80}(?:$|\r|[ \t]{2}))/;

const LONGEST_ROW = 240;

/** An offset, a blank and a byte: shorter lines are skipped. */
const SHORTEST_ROW = 9;

/** Bytes that a text lists as numbers. */
interface ByteList {
  readonly bytes: Buffer;
  /** Offset of the list in the text. */
  readonly at: number;
}

/**
 * Yields the lists of bytes in a text, decoded: `48, 130, 4`, `0x30, 0x82`, `(byte) 0x82`, `-126` as Java prints it.
 * One pass; a number that is not a byte, such as a fraction or a larger one, ends a list.
 */
export function* byteLists(text: Uint8Array): Generator<ByteList> {
  const reader = new ListReader(text);
  for (let at = reader.read(0); at >= 0; at = reader.read(reader.end)) {
    yield { bytes: Buffer.from(reader.bytes()), at };
  }
}

/** Allocates nothing per number: a text may contain millions of numbers without a list. */
class ListReader {
  /** Offset after the list that was read. */
  end = 0;
  #count = 0;
  readonly #values: Uint8Array;

  constructor(private readonly text: Uint8Array) {
    // A number and its separator take at least two bytes.
    this.#values = new Uint8Array(text.length / 2 + 1);
  }

  bytes(): Uint8Array {
    return this.#values.subarray(0, this.#count);
  }

  /** Reads the next list that is long enough and returns its offset; -1 when there is none. */
  read(from: number): number {
    const { text } = this;
    for (let at = from; at < text.length; ) {
      if (!BEGINS[text[at] ?? 0] || isDashAt(text, at) || isWord(text[at - 1])) {
        at += 1;
        continue;
      }
      this.#readAt(at);
      if (this.#count >= FEWEST) return at;
      at = Math.max(this.end, at + 1);
    }
    return -1;
  }

  #readAt(start: number): void {
    const { text } = this;
    this.#count = 0;
    this.end = start;
    for (let next = start; ; ) {
      const number = numberAt(text, next);
      if (number < 0) break;
      this.#values[this.#count] = number & 0xff;
      this.#count += 1;
      this.end = next + (number >> 8);
      next = behindSeparators(text, this.end);
      if (next === this.end) break;
    }
  }
}

/** Whether a dash is not the sign of a number. */
function isDashAt(text: Uint8Array, at: number): boolean {
  return text[at] === MINUS && !isDecimal(text[at + 1]);
}

function isWord(byte: number | undefined): boolean {
  return byte !== undefined && (DIGITS[byte] !== NO_DIGIT || byte === 0x2e || byte === 0x5f);
}

function behindSeparators(text: Uint8Array, at: number): number {
  let end = at;
  for (;;) {
    while (SEPARATES[text[end] ?? 0] && !isNegativeAt(text, end)) end += 1;
    const word = BESIDE_BEGINS[text[end] ?? 0]
      ? BESIDE.find((one) => standsAt(text, end, one))
      : undefined;
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

/** Returns the byte value plus 256 times the length of its text; -1 when it is not a byte. */
function numberAt(text: Uint8Array, at: number): number {
  const isNegative = isNegativeAt(text, at);
  let end = isNegative ? at + 1 : at;
  if (!isDecimal(text[end])) return -1;
  const isHex = text[end] === ZERO && ((text[end + 1] ?? 0) | LETTER_CASE) === X;
  const base = isHex ? 16 : 10;
  if (isHex) end += 2;
  const first = end;
  let value = 0;
  for (; end < first + 4; end += 1) {
    const digit = DIGITS[text[end] ?? 0] ?? NO_DIGIT;
    if (digit >= base) break;
    value = value * base + digit;
  }
  if (end === first || value > (isNegative ? 128 : 255)) return -1;
  return (isNegative ? 256 - value : value) + 256 * (end - at);
}

/** The bytes of a hex dump with offsets. */
interface HexDump {
  readonly bytes: Buffer;
  /** Offset of its first row in the text. */
  readonly at: number;
}

/** Yields the dumps in a text, decoded: consecutive rows. One pass. */
export function* hexDumps(text: string): Generator<HexDump> {
  let rows: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; ) {
    const next = text.indexOf('\n', at);
    const end = next < 0 ? text.length : next;
    const row = end - at < SHORTEST_ROW ? undefined : rowIn(text, at, end);
    if (row === undefined) {
      if (rows.length === 0) {
        at = end + 1;
        continue;
      }
      yield* dumpOf(rows, start);
      rows = [];
    } else {
      if (rows.length === 0) start = at;
      rows.push(row);
    }
    at = end + 1;
  }
  yield* dumpOf(rows, start);
}

function rowIn(text: string, at: number, end: number): string | undefined {
  return ROW.exec(text.slice(at, Math.min(end, at + LONGEST_ROW)))?.[1];
}

function* dumpOf(rows: readonly string[], at: number): Generator<HexDump> {
  const bytes = Buffer.from(rows.join('').replace(/[ \t]+/g, ''), 'hex');
  if (bytes.length >= FEWEST) yield { bytes, at };
}
