import { decodeAs, ENCODINGS, type Encoding } from './encodings.ts';

/** A name read in an encoding; null when it cannot be in it. */
export function readName(name: Uint8Array, { label }: Encoding): string | null {
  const text = decodeAs(label, name);
  return text === null || NO_LETTER.test(text) ? null : text;
}

/** Control characters and those that everybody may give a meaning: a decoder puts them where the encoding has nothing. */
const NO_LETTER = /[\u0080-\u009f\ue000-\uf8ff]/;

/** Those that give one letter to two bytes. The others give some letter to every byte, which says nothing. */
const OF_PAIRS: ReadonlySet<string> = new Set(['gbk', 'big5', 'shift_jis', 'euc-jp', 'euc-kr']);

/** A reading of a name that is possible as well. */
export interface OtherReading {
  readonly encoding: Encoding;
  readonly text: string;
}

/** What the bytes of a name are in the other East Asian encodings that can hold them; `taken` is the label of the likely one. */
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
