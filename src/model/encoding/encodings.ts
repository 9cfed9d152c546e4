import { TextDecoder } from 'node:util';
import { alphabet, type Cost, chinese, japanese, korean, latin } from './costs.ts';
import { SIMPLIFIED, TRADITIONAL } from './frequent.ts';
import { decodeKorean } from './korean.ts';

/**
 * The DOS code pages that `TextDecoder` does not support: Unicode's mapping files CP437.TXT, CP850.TXT and CP852.TXT.
 * Zips from Windows have names in them. Each string has the 128 characters from 0x80 on.
 */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' +
  '└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

const CP850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐' +
  '└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';

const CP852 =
  'ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐' +
  '└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00ad˝˛ˇ˘§÷¸°¨˙űŘř■\u00a0';

/** Windows-1252 from 0x80 to 0x9f, U+FFFD for unassigned bytes; some versions of Node decode Latin-1 there. */
const CP1252 =
  '€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ' +
  Array.from({ length: 96 }, (_, at) => String.fromCharCode(0xa0 + at)).join('');

const TABLES: ReadonlyMap<string, string> = new Map([
  ['cp437', CP437],
  ['cp850', CP850],
  ['cp852', CP852],
  ['windows-1252', CP1252],
]);

/** An encoding that texts and file names may have. */
export interface Encoding {
  /** Display name: `GBK`. */
  readonly name: string;
  /** Origin for display: `Chinese Windows`. */
  readonly from: string;
  /** Its label for `--name-encoding` and `TextDecoder`; `cp437` and similar labels use our own tables. */
  readonly label: string;
  /** Its name in Python's coding line. */
  readonly python: string;
  /** Its name for iconv. */
  readonly iconv: string;
  /** How rare it is in practice, in bits; 0 for the most frequent encodings. */
  readonly rarity: number;
  /** One cost function for each language that uses it. */
  readonly costs: readonly Cost[];
}

/** Each language has its own letters: a name is in one language. */
const WEST = [
  'äüößé',
  'éèêçôâîàûùëïœ',
  'óíáéñúü',
  'ãçáíéóêõúâôà',
  'àòèéìùíóú',
  'äöåéæøü',
  'ëéïèóüçê',
].map(latin);

const EAST = ['łąęóśżćńź', 'íáěřéčýšžůúňťďóôľäĺŕ', 'áéöóőíüúű', 'ățșţşîâ', 'čšžćđ', 'äüöß'].map(
  latin,
);

const CYRILLIC = [
  'оаеинтрслвкпмдуяызьгбйчхжюшцфщэёъ',
  'оаниіртвеслкудпмзяьгбчйхюцжшїєфщґ',
  'аеиотнрсвлпкдмзубячгъцйщхжфшюь',
].map(alphabet);

/** Returns a function that tests whether the first byte of a character is in the range of common characters. */
function leads(label: string, from: number, to: number): (char: string) => boolean {
  let common: ReadonlySet<string> | null = null;
  return (char) => {
    common ??= new Set(charsOf(label, from, to));
    return common.has(char);
  };
}

function charsOf(label: string, from: number, to: number): string[] {
  const rows = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  return rows.flatMap((lead) => {
    const pairs = Array.from({ length: 0xbf }, (_, at) => [lead, 0x40 + at]);
    return pairs.flatMap((pair) => decodeAs(label, Uint8Array.from(pair)) ?? []);
  });
}

type Row = readonly [string, string, string, string, string, number, readonly Cost[]];

const ROWS: readonly Row[] = [
  ['GBK', 'Chinese Windows', 'gbk', 'gbk', 'GB18030', 0, [gbkCost()]],
  [
    'Big5',
    'Chinese Windows in Taiwan',
    'big5',
    'big5',
    'BIG5',
    1.5,
    [chinese(TRADITIONAL, leads('big5', 0xa4, 0xc6))],
  ],
  [
    'Shift-JIS',
    'Japanese Windows',
    'shift_jis',
    'cp932',
    'CP932',
    1,
    [japanese(leads('shift_jis', 0x88, 0x97))],
  ],
  [
    'EUC-JP',
    'Japanese Unix',
    'euc-jp',
    'euc_jp',
    'EUC-JP',
    4,
    [japanese(leads('euc-jp', 0xb0, 0xcf))],
  ],
  [
    'EUC-KR',
    'Korean Windows',
    'euc-kr',
    'cp949',
    'CP949',
    1,
    [korean(leads('euc-kr', 0xb0, 0xc8))],
  ],
  ['Windows-1252', 'Western Windows, Latin-1', 'windows-1252', 'cp1252', 'CP1252', 0, WEST],
  ['Windows-1250', 'Central European Windows', 'windows-1250', 'cp1250', 'CP1250', 6, EAST],
  ['Windows-1251', 'Cyrillic Windows', 'windows-1251', 'cp1251', 'CP1251', 1, CYRILLIC],
  ['cp437', 'DOS', 'cp437', 'cp437', 'CP437', 1, WEST],
  ['cp850', 'Western DOS', 'cp850', 'cp850', 'CP850', 5, WEST],
  ['cp852', 'Central European DOS', 'cp852', 'cp852', 'CP852', 6.5, EAST],
  ['cp866', 'Cyrillic DOS', 'ibm866', 'cp866', 'CP866', 1, CYRILLIC],
  ['KOI8-R', 'Russian Unix', 'koi8-r', 'koi8_r', 'KOI8-R', 4, CYRILLIC],
  ['ISO-8859-2', 'Central European Unix', 'iso-8859-2', 'iso8859_2', 'ISO-8859-2', 7, EAST],
  [
    'Windows-1253',
    'Greek Windows',
    'windows-1253',
    'cp1253',
    'CP1253',
    5,
    [alphabet('ασεοιτνρκπμλυηάίγέδόήωχύθφςβώξζψϊϋ')],
  ],
  ['Windows-1254', 'Turkish Windows', 'windows-1254', 'cp1254', 'CP1254', 6, [latin('ıüşğçöâîû')]],
  [
    'Windows-1255',
    'Hebrew Windows',
    'windows-1255',
    'cp1255',
    'CP1255',
    5,
    [alphabet('יוהתרלמבשנאםעחדקפכסגטצןזךףץ')],
  ],
  [
    'Windows-1256',
    'Arabic Windows',
    'windows-1256',
    'cp1256',
    'CP1256',
    7,
    [alphabet('اليموترنبةدعسهقفكحأجصشطخزضإثغئذىءظآؤپچگژ')],
  ],
  [
    'Windows-874',
    'Thai Windows',
    'windows-874',
    'cp874',
    'CP874',
    7,
    [alphabet('านรอกเง่มยลวดทสต้ับปีคหแิะ์ขใจโไุูำชพผบซถธศฟัฐณญภฉฮึื็ฎ')],
  ],
];

/** GBK is for simplified Chinese, and also contains traditional characters and kana. */
function gbkCost(): Cost {
  return chinese(SIMPLIFIED, leads('gbk', 0xb0, 0xd7));
}

/** All supported encodings, the most usual first. */
export const ENCODINGS: readonly Encoding[] = ROWS.map(
  ([name, from, label, python, iconv, rarity, costs]) => ({
    name,
    from,
    label,
    python,
    iconv,
    rarity,
    costs,
  }),
);

/** Decodes bytes; null when they are invalid in the encoding, or this Node has no decoder for it. */
export function decodeAs(label: string, bytes: Uint8Array): string | null {
  const table = upperHalf(label);
  if (table !== null) return byTable(table, bytes);
  if (label === 'euc-kr') return decodeKorean(bytes);
  try {
    return decoder(label).decode(bytes);
  } catch {
    return null;
  }
}

/** Cached: zips have tens of thousands of names, and creating a decoder takes longer than decoding a name. */
const DECODERS = new Map<string, TextDecoder>();

function decoder(label: string): TextDecoder {
  const made = DECODERS.get(label) ?? new TextDecoder(label, { fatal: true, ignoreBOM: true });
  DECODERS.set(label, made);
  return made;
}

function byTable(table: string, bytes: Uint8Array): string | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    .toString('latin1')
    .replace(/[\x80-\xff]/g, (char) => table.charAt(char.charCodeAt(0) - 0x80));
  return text.includes('\ufffd') ? null : text;
}

/** The characters from 0x80 on of a code page with a table here; null for others. */
function upperHalf(label: string): string | null {
  return TABLES.get(label) ?? null;
}
