import { HANGUL, KANJI } from './frequent.ts';

/**
 * How improbable a non-ASCII character is at its position, in bits: the base-2 logarithm of its rarity in words of
 * the encoding's language. `before` and `after` are the neighbouring characters, '' at either end.
 */
export type Cost = (char: string, before: string, after: string) => number;

const NEVER = 22;

function ranks(chars: string): ReadonlyMap<string, number> {
  return new Map(Array.from(chars, (char, rank) => [char, rank]));
}

/** Assigns costs by rank: `steps` are pairs of a rank and the cost up to that rank. */
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

/** An upper-case letter inside a word indicates a wrong encoding. */
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

/** Box-drawing characters, as in DOS file names, occur next to each other and not inside words. */
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
 * Costs for a language in Latin script. `letters`: its non-ASCII letters, the most frequent first. Such a letter
 * occurs among ASCII letters, seldom next to another one, almost never alone.
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

/**
 * Letters and the positions where they almost never occur in their languages, although other characters with the same
 * byte do.
 */
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

/**
 * Costs for a language with a script of its own. `letters`: its letters, the most frequent first; words have letters
 * of this script only.
 */
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

/** Letters that never start or end a word, or that only do so. */
function endCost(char: string, before: string, after: string): number {
  if (/^[ьъы]$/i.test(char)) return isLetter(before) ? 0 : 8;
  if (/^[ςךםןףץ]$/.test(char)) return isLetter(after) ? 8 : 0;
  return /^[σכמנפצ]$/.test(char) && !isLetter(after) ? 5 : 0;
}

const VOWEL = /^[аеиоуыэюяёієїαεηιοωυάέήίόύώ]$/i;
const CONSONANT = /^[бвгджзйклмнпрстфхцчшщβγδζθκλμνξπρστφχψ]$/i;

/** Three consonants or two vowels in a row are rare. */
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

/** Between ASCII letters such characters indicate a wrong encoding: `Gr鲞e`. */
function plainBeside(before: string, after: string): number {
  const sides = [before, after].filter((char) => /^[a-z]$/.test(char)).length;
  return sides * 6;
}

/**
 * Costs for Chinese: low for `frequent` characters; for others `isCommon` tests for the common half of the character
 * set.
 */
export function chinese(frequent: string, isCommon: (char: string) => boolean): Cost {
  const rankCost = byRank(frequent, HAN_STEPS);
  return (char, before, after) => {
    const beside = plainBeside(before, after);
    if (isHan(char)) return (rankCost(char) ?? (isCommon(char) ? 13.5 : 18.5)) + beside;
    return wideSign(char) + beside;
  };
}

/** Costs for Japanese: kana, and kanji if they are frequent. */
export function japanese(isCommon: (char: string) => boolean): Cost {
  const rankCost = byRank(KANJI, HAN_STEPS);
  return (char, before, after) => {
    const beside = plainBeside(before, after);
    if (/^[\u3041-\u3093\u30a1-\u30f4\u30fc]$/.test(char)) return 7.5 + beside;
    if (isHan(char)) return (rankCost(char) ?? (isCommon(char) ? 13.5 : 18.5)) + beside;
    // Half-width katakana, from the time before kanji; a word that has them has nothing else.
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

/** Costs for Korean: syllables, of which KS X 1001 contains the 2350 that are in use. */
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

/** Punctuation and full-width forms of ASCII; other symbols almost never occur in names. */
function wideSign(char: string): number {
  if (/^[、。，：；！？（）「」『』【】《》“”・]$/.test(char)) return 10;
  if (/^[\uff01-\uff5e\u3000-\u3030‘’…—·～①-⑳]$/.test(char)) return 13;
  return NEVER;
}

/** Cost of an ASCII character in a word: a letter in one encoding may be half of a character in another. */
export function plainCost(char: string, before: string): number {
  if (/^[a-z]$/.test(char)) return 4.5;
  if (/^[A-Z]$/.test(char)) return isLower(before) ? 9 : 5.5;
  return /^[0-9_]$/.test(char) ? 5.5 : 9;
}
