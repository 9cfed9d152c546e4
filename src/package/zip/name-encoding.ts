import { getFileNameLowLevel } from 'yauzl';

/** What a name that is not UTF-8 most likely says, and in which encoding. */
export interface GuessedName {
  /** For people: `GBK (Chinese Windows)`. */
  readonly encoding: string;
  readonly text: string;
}

const CP437 = 'cp437 (DOS)';
const LATIN1 = 'Latin-1 (Windows-1252)';

/** A multi-byte encoding, and which characters of its own show that it is meant. */
const WIDE = [
  { label: 'shift_jis', encoding: 'Shift-JIS (Japanese Windows)', own: /[\u3041-\u30f6]/ },
  { label: 'euc-kr', encoding: 'EUC-KR (Korean Windows)', own: /[\uac00-\ud7a3]/ },
  { label: 'gbk', encoding: 'GBK (Chinese Windows)', own: /[\u4e00-\u9fff\u3041-\u30f6]/ },
] as const;

/**
 * Guesses the code page in which a program wrote a name: zips have no place to say it, and programs on Windows take that
 * of the system. Kana, Hangul and Chinese characters are told from how the bytes pair; single bytes are letters
 * in Latin-1 above 0xc0, and in cp437 below 0xa8, where Latin-1 has none.
 */
export function guessName(bytes: Buffer): GuessedName {
  const wide = WIDE.flatMap(({ label, encoding, own }) => {
    const text = decoded(bytes, label);
    const isMeant = text !== null && own.test(text) && isLikely(text, own);
    return isMeant && (label === 'shift_jis' || isPaired(text, bytes)) ? [{ encoding, text }] : [];
  });
  const [first] = bestFirst(wide, bytes);
  return first ?? narrow(bytes);
}

function decoded(bytes: Buffer, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Nearly all of what is not ASCII is of the one script: letters of many scripts are an accident. */
function isLikely(text: string, own: RegExp): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all that is ASCII
  const foreign = Array.from(text.replace(/[\u0000-\u007f]/g, ''));
  const script = foreign.filter(
    (char) => own.test(char) || /[\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5e]/.test(char),
  );
  return script.length * 10 >= foreign.length * 9;
}

/** Both bytes of common Chinese characters and of Hangul are above 0x7f: one alone between ASCII is a letter of Europe. */
function isPaired(text: string, bytes: Buffer): boolean {
  const high = [...bytes].filter((byte) => byte >= 0x80).length;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all that is ASCII
  return high * 2 >= Array.from(text.replace(/[\u0000-\u007f]/g, '')).length * 3;
}

/** Common Chinese characters lie in the first level of GB 2312, Hangul in bytes that are rare ones there. */
function bestFirst(guesses: readonly GuessedName[], bytes: Buffer): readonly GuessedName[] {
  if (guesses.length < 2) return guesses;
  const high = [...bytes].filter((byte) => byte >= 0x80);
  const isCommonChinese = high.every(
    (byte, index) => index % 2 === 1 || (byte >= 0xb0 && byte <= 0xd7),
  );
  const hasKana = guesses.some(({ encoding }) => encoding.startsWith('Shift-JIS'));
  if (hasKana && high.some((byte) => byte === 0x82 || byte === 0x83)) return guesses;
  const chinese = guesses.filter(({ encoding }) => encoding.startsWith('GBK'));
  return isCommonChinese && chinese.length > 0 ? chinese : guesses;
}

function narrow(bytes: Buffer): GuessedName {
  const high = [...bytes].filter((byte) => byte >= 0x80);
  const isLatin = high.every((byte) => byte >= 0xa0);
  if (isLatin) return { encoding: LATIN1, text: bytes.toString('latin1') };
  return { encoding: CP437, text: getFileNameLowLevel(0, bytes, [], true) };
}
