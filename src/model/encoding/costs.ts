import { HANGUL, KANJI } from './frequent.ts';

/**
 * How much a character beyond ASCII surprises at its place, in bits: the base-two logarithm of how rare it is in words
 * of the language that an encoding is for. `before` and `after` are the characters beside it, '' at an end.
 */
export type Cost = (char: string, before: string, after: string) => number;

const NEVER = 22;

function ranks(chars: string): ReadonlyMap<string, number> {
  return new Map(Array.from(chars, (char, rank) => [char, rank]));
}

/** Every class of characters has its own cost: `steps` are pairs of a rank and the cost up to it. */
function byRank(
  chars: string,
  steps: readonly (readonly [number, number])[],
): (char: string) => number | null {
  const known = ranks(chars);
  return (char) => {
    const rank = known.get(char);
    if (rank === undefined) return null;
    return steps.find(([below]) => rank < below)?.[1] ?? null;
  };
}

const isLower = (char: string): boolean => /^\p{Ll}$/u.test(char);
const isUpper = (char: string): boolean => /^\p{Lu}$/u.test(char);
const isLetter = (char: string): boolean => /^\p{L}$/u.test(char);
const isAsciiLetter = (char: string): boolean => /^[A-Za-z]$/.test(char);
const isBeyond = (char: string): boolean => char > '\x7f';

/** A capital within a word is an accident of another encoding. */
function caseCost(char: string, before: string): number {
  if (!isUpper(char)) return 0;
  return isLower(before) ? 9 : 2;
}

const SIGNS = '°µ€–—’“”„«»·…©®§ºª²³№';

function signCost(char: string, before: string, after: string): number {
  const letters = [before, after].filter(isLetter).length;
  const within = char === '’' ? 0 : letters * 4.5;
  if (SIGNS.includes(char)) return 8 + within;
  return /^[\p{L}\p{Cc}\ufffd]$/u.test(char) ? NEVER : 12 + within;
}

/** Lines and blocks, as names of files from DOS have them, come side by side and not within words. */
function boxCost(char: string, before: string, after: string): number | null {
  if (!isBox(char)) return null;
  if (char === before || char === after) return 4;
  const isWithin =
    [before, after].some((beside) => isBeyond(beside) && isLetter(beside)) ||
    (isLetter(before) && isLetter(after));
  return (isBox(before) || isBox(after) ? 7.5 : 12) + (isWithin ? 7 : 0);
}

function isBox(char: string): boolean {
  return /^[\u2500-\u259f]$/.test(char);
}

/**
 * A language with Latin letters, those with accents given, the most frequent first: one stands among plain ones, seldom
 * two side by side, hardly ever alone.
 */
export function latin(letters: string): Cost {
  const rankCost = byRank(letters, [
    [2, 2.2],
    [5, 3.2],
    [10, 4.5],
    [99, 7],
  ]);
  return (char, before, after) => {
    const own = rankCost(char.toLowerCase());
    const letter = own ?? (/^\p{Script=Latin}$/u.test(char) ? 13 : null);
    if (letter === null) return boxCost(char, before, after) ?? signCost(char, before, after);
    const beside = isBeyond(before) && isLetter(before) ? 1.5 : 0;
    const alone = isAsciiLetter(before) || isAsciiLetter(after) ? 0 : 3;
    const hump = isLower(char) && isUpper(after) ? 6 : 0;
    return letter + beside + alone + hump + caseCost(char, before) + placeCost(char, before, after);
  };
}

const IS_VOWEL = /^[aeiouyáéíóúäöü]$/i;
const IS_CONSONANT = /^[bcdfghj-np-tv-z]$/i;

/** Where a letter hardly stands in the languages that have it; what the same byte is elsewhere does. */
const PLACES: readonly (readonly [string, (before: string, after: string) => boolean])[] = [
  ['ìòù', (_, after) => !isLetter(after)],
  ['ñ', (_, after) => IS_VOWEL.test(after)],
  ['äöü', (before) => !/^[aeioäöü]$/i.test(before)],
  ['è', (before, after) => !isLetter(after) || IS_CONSONANT.test(before)],
  [
    'ß',
    (before, after) => !IS_CONSONANT.test(before) && (after === 't' || !IS_CONSONANT.test(after)),
  ],
  ['õ', (_, after) => !isLetter(after) || /^[es]$/i.test(after)],
  ['ń', (before, after) => !IS_CONSONANT.test(before) && !IS_VOWEL.test(after)],
];
const ODD_PLACE = 5;

const placeOf = new Map(
  PLACES.flatMap(([letters, fits]) => Array.from(letters, (one) => [one, fits] as const)),
);

function placeCost(char: string, before: string, after: string): number {
  const fits = placeOf.get(char.toLowerCase());
  return fits === undefined || fits(before, after) ? 0 : ODD_PLACE;
}

/** A language of a script of its own, its letters given, the most frequent first: words are of this script alone. */
export function alphabet(letters: string): Cost {
  const rankCost = byRank(letters, [
    [5, 3.6],
    [10, 4.2],
    [16, 5],
    [22, 6],
    [28, 7],
    [99, 9],
  ]);
  return (char, before, after) => {
    const letter = rankCost(char) ?? rankCost(char.toLowerCase());
    if (letter === null) return boxCost(char, before, after) ?? signCost(char, before, after);
    const mixed = [before, after].filter(isAsciiLetter).length * 8;
    return (
      letter +
      mixed +
      caseCost(char, before) +
      soundCost(char, before, after) +
      endCost(char, before, after)
    );
  };
}

/** Letters that begin or end no word, and those that do nothing else. */
function endCost(char: string, before: string, after: string): number {
  if (/^[ьъы]$/i.test(char)) return isLetter(before) ? 0 : 8;
  if (/^[ςךםןףץ]$/.test(char)) return isLetter(after) ? 8 : 0;
  return /^[σכמנפצ]$/.test(char) && !isLetter(after) ? 5 : 0;
}

const VOWEL = /^[аеиоуыэюяёієїαεηιοωυάέήίόύώ]$/i;
const CONSONANT = /^[бвгджзйклмнпрстфхцчшщβγδζθκλμνξπρστφχψ]$/i;

/** Three consonants or two vowels in a row are seldom. */
function soundCost(char: string, before: string, after: string): number {
  if ([before, char, after].every((one) => CONSONANT.test(one))) return 2.5;
  return VOWEL.test(before) && VOWEL.test(char) ? 1.5 : 0;
}

const HAN_STEPS = [
  [60, 8],
  [200, 9.2],
  [500, 10.4],
  [999, 11.4],
] as const;

/** Characters within a word of plain letters are an accident: `Gr鲞e`. */
function plainBeside(before: string, after: string): number {
  const sides = [before, after].filter((char) => /^[a-z]$/.test(char)).length;
  return sides * 6;
}

/** Chinese: frequent characters, and a rest of which `isCommon` are in the half for everyday use. */
export function chinese(frequent: string, isCommon: (char: string) => boolean): Cost {
  const rankCost = byRank(frequent, HAN_STEPS);
  return (char, before, after) => {
    const beside = plainBeside(before, after);
    if (isHan(char)) return (rankCost(char) ?? (isCommon(char) ? 13.5 : 18.5)) + beside;
    return wideSign(char) + beside;
  };
}

/** Japanese: kana, and Chinese characters where they are frequent. */
export function japanese(isCommon: (char: string) => boolean): Cost {
  const rankCost = byRank(KANJI, HAN_STEPS);
  return (char, before, after) => {
    const beside = plainBeside(before, after);
    if (/^[\u3041-\u3093\u30a1-\u30f4\u30fc]$/.test(char)) return 7.5 + beside;
    if (isHan(char)) return (rankCost(char) ?? (isCommon(char) ? 13.5 : 18.5)) + beside;
    // Of one byte, from the time before kanji; a word of them is of them alone.
    const isHalf = (one: string): boolean => /^[\uff66-\uff9f]$/.test(one);
    if (isHalf(char)) return (isHalf(before) ? 6.5 : 12) + beside;
    return wideSign(char) + beside;
  };
}

const hangulCost = byRank(HANGUL, [
  [30, 6.3],
  [100, 7.5],
  [200, 9],
  [999, 10.5],
]);

/** Korean: syllables, of which KS X 1001 holds the 2350 that words have. */
export function korean(isCommon: (char: string) => boolean): Cost {
  return (char, before, after) => {
    const beside = plainBeside(before, after);
    const isSyllable = char >= '\uac00' && char <= '\ud7a3';
    if (isSyllable) return (hangulCost(char) ?? (isCommon(char) ? 13.5 : 19)) + beside;
    return (isHan(char) ? 19 : wideSign(char)) + beside;
  };
}

function isHan(char: string): boolean {
  return /^[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]$/.test(char) || char === '々';
}

/** Marks between characters, and wide forms of ASCII; everything else is a sign that hardly any name has. */
function wideSign(char: string): number {
  if (/^[、。，：；！？（）「」『』【】《》“”・]$/.test(char)) return 10;
  if (/^[\uff01-\uff5e\u3000-\u3030‘’…—·～①-⑳]$/.test(char)) return 13;
  return NEVER;
}

/** A character of ASCII in a word: what one reading takes for a letter is half of a character in another. */
export function plainCost(char: string, before: string): number {
  if (/^[a-z]$/.test(char)) return 4.5;
  if (/^[A-Z]$/.test(char)) return isLower(before) ? 9 : 5.5;
  return /^[0-9_]$/.test(char) ? 5.5 : 9;
}
