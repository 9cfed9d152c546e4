import { decodeAs, ENCODINGS, type Encoding } from './encodings.ts';

/** Decodes a name; null when it is invalid in the encoding. */
export function readName(name: Uint8Array, { label }: Encoding): string | null {
  const text = decodeAs(label, name);
  return text === null || NO_LETTER.test(text) ? null : text;
}

/** Control characters and private-use characters: decoders return them for unassigned bytes. */
const NO_LETTER = /[\u0080-\u009f\ue000-\uf8ff]/;

/** Encodings with two-byte characters. The others assign a letter to every byte, so a valid reading proves nothing. */
const OF_PAIRS: ReadonlySet<string> = new Set(['gbk', 'big5', 'shift_jis', 'euc-jp', 'euc-kr']);

/** Another possible reading of a name. */
export interface OtherReading {
  readonly encoding: Encoding;
  readonly text: string;
}

/**
 * The readings of a name in the other East Asian encodings in which it is valid; `taken` is the label of the most
 * likely one.
 */
export function otherReadings(name: Uint8Array, taken: string): readonly OtherReading[] {
  const known = ENCODINGS.find(({ label }) => label === taken);
  const seen = new Set([known === undefined ? null : readName(name, known)]);
  return ENCODINGS.flatMap((encoding) => {
    const text = OF_PAIRS.has(encoding.label) ? readName(name, encoding) : null;
    if (text === null || seen.has(text)) return [];
    seen.add(text);
    return [{ encoding, text }];
  });
}
