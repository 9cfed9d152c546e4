/** Surrogates: with them the order of UTF-16 differs from the order of UTF-8. */
const SURROGATE = /[\ud800-\udfff]/;

/** A lone low surrogate represents a byte that is not valid UTF-8: U+DC80 is 0x80. Valid UTF-8 never decodes to one. */
const ESCAPED = /(?<![\ud800-\udbff])[\udc80-\udcff]/;

const BASE = 0xdc00;

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Converts bytes to a text without losing any, as Go's strings do: valid UTF-8 is decoded, each other byte becomes a
 * lone surrogate (PEP 383). {@link textBytes} is the inverse.
 */
export function byteText(bytes: Uint8Array): string {
  const whole = decoded(bytes);
  if (whole !== null) return whole;
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = lengthFrom(bytes[at] ?? 0);
    const part = length === 0 ? null : decoded(bytes.subarray(at, at + length));
    parts.push(part ?? String.fromCharCode(BASE + (bytes[at] ?? 0)));
    at += part === null ? 1 : length;
  }
  return parts.join('');
}

/** Returns the bytes of a text from {@link byteText}. */
export function textBytes(text: string): Buffer {
  if (!hasOtherBytes(text)) return Buffer.from(text);
  const parts = text.split(/(?<![\ud800-\udbff])([\udc80-\udcff])/);
  return Buffer.concat(
    parts.map((part, index) =>
      index % 2 === 0 ? Buffer.from(part) : Buffer.of(part.charCodeAt(0) - BASE),
    ),
  );
}

/** Whether a text from {@link byteText} holds bytes that are not UTF-8. */
export function hasOtherBytes(text: string): boolean {
  return ESCAPED.test(text);
}

/** The path of a file for Node's fs functions: a string if it is valid Unicode, else its bytes. */
export function pathOf(text: string): string | Buffer {
  return hasOtherBytes(text) ? textBytes(text) : text;
}

/** The byte that a lone surrogate represents; null for other characters. */
export function escapedByte(char: string): number | null {
  return char.length === 1 && ESCAPED.test(char) ? char.charCodeAt(0) - BASE : null;
}

/** Length in bytes of the UTF-8 sequence that a byte starts; 0 when it starts none. */
function lengthFrom(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte < 0xc2) return 0;
  if (byte < 0xe0) return 2;
  return byte < 0xf0 ? 3 : byte < 0xf5 ? 4 : 0;
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

/**
 * Returns the items sorted by the UTF-8 bytes of their names, independent of the locale; calls `nameOf` once per
 * item.
 */
export function sortedByBytes<T>(items: readonly T[], nameOf: (item: T) => string): T[] {
  const named = items.map((item) => ({ item, name: nameOf(item) }));
  // Comparing texts is a hundred times as fast as encoding both to buffers.
  const order = named.some(({ name }) => SURROGATE.test(name)) ? byBytes : byUnits;
  return named.sort((a, b) => order(a.name, b.name)).map(({ item }) => item);
}

function byUnits(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
