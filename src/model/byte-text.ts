/** Half a surrogate pair stands for a byte that is no UTF-8: 0x80 is U+DC80. No UTF-8 decodes to one. */
const ESCAPED = /[\udc80-\udcff]/;
const BASE = 0xdc00;

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Bytes as a text that keeps all of them, as Go's strings do: what is UTF-8 is decoded, each other byte becomes a half
 * of a surrogate pair (PEP 383). {@link textBytes} turns it back.
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

/** The bytes of a text that {@link byteText} made. */
export function textBytes(text: string): Buffer {
  if (!ESCAPED.test(text)) return Buffer.from(text);
  const parts = text.split(/(?<![\ud800-\udbff])([\udc80-\udcff])/);
  return Buffer.concat(
    parts.map((part, index) =>
      index % 2 === 0 ? Buffer.from(part) : Buffer.of(part.charCodeAt(0) - BASE),
    ),
  );
}

/** The same for the path of a file: a text where that is enough. */
export function pathOf(text: string): string | Buffer {
  return ESCAPED.test(text) ? textBytes(text) : text;
}

/** The byte that a half of a surrogate pair stands for; null for other characters. */
export function escapedByte(char: string): number | null {
  return char.length === 1 && ESCAPED.test(char) ? char.charCodeAt(0) - BASE : null;
}

/** Of the sequence that a byte begins; 0 when it begins none. */
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
