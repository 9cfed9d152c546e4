import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';

/** What a text that is not UTF-8 most likely is. */
export interface LikelyEncoding {
  /** As people and editors call it: `GBK`, `Shift-JIS`, `UTF-16`. */
  readonly name: string;
  /** What it may be as well, where few characters tell; empty where one guess is clearly the best. */
  readonly orElse: readonly string[];
  /** What Python's coding line calls it. */
  readonly python: string;
  /** The text read so; characters that cannot be are U+FFFD. */
  readonly text: string;
}

/** Enough of a file to tell; a guess needs no more. */
const LOOKED_AT = 64 * 1024;

/**
 * Guesses the encoding of bytes; null when they are UTF-8 (with or without a mark). A guess: it is right for texts of
 * some words, and of one word where the scripts do not overlap.
 */
export function likelyEncoding(bytes: Uint8Array): LikelyEncoding | null {
  const utf16 = utf16Of(bytes);
  if (utf16 !== null) return decoded('UTF-16', 'utf-16', utf16, bytes);
  if (isUtf8(bytes)) return null;
  const sample = bytes.subarray(0, LOOKED_AT);
  const scores = CANDIDATES.map((one) => ({ one, score: scoreOf(one, sample) }));
  const best = scores.reduce((a, b) => (b.score > a.score ? b : a));
  const { name, python, label } = best.one;
  const orElse = sample.filter((byte) => byte >= 0x80).length > FEW_BYTES ? [] : near(best, scores);
  const likely = decoded(name, python, label, bytes);
  return likely && { ...likely, orElse };
}

/** A comment of some words; in fewer what is common in one script is common in the next. */
const FEW_BYTES = 24;

interface Score {
  readonly one: Candidate;
  readonly score: number;
}

/** The other encodings of two bytes that the text would be as usual in. */
function near({ one, score }: Score, scores: readonly Score[]): string[] {
  const others = scores.filter((other) => other.one !== one && other.one.isCommon !== null);
  const good = others.filter((other) => other.score >= score * 0.9);
  return one.isCommon === null ? [] : good.map((other) => other.one.name);
}

function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const [first = 0, second = 0] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (bytes.length < 4 || bytes.length % 2 === 1) return null;
  // Without a mark: Latin text in UTF-16 has a zero in every second byte.
  const sample = bytes.subarray(0, 400);
  const zeros = [0, 1].map(
    (odd) => sample.filter((byte, at) => at % 2 === odd && byte === 0).length,
  );
  const [even = 0, odd = 0] = zeros;
  if (odd > sample.length / 3 && even === 0) return 'utf-16le';
  return even > sample.length / 3 && odd === 0 ? 'utf-16be' : null;
}

function decoded(
  name: string,
  python: string,
  label: string,
  bytes: Uint8Array,
): LikelyEncoding | null {
  const decoder = decoderOf(label, false);
  return decoder && { name, python, orElse: [], text: decoder.decode(bytes) };
}

/** Null where this Node has no such decoder. */
function decoderOf(label: string, fatal: boolean): TextDecoder | null {
  try {
    return new TextDecoder(label, { fatal });
  } catch {
    return null;
  }
}

interface Candidate {
  readonly name: string;
  readonly python: string;
  /** As TextDecoder knows it. */
  readonly label: string;
  /** Characters that its texts mostly consist of beside ASCII. */
  readonly usual: RegExp;
  /** Bytes of a pair that are common in it; others are valid, but rare. Null: single bytes. */
  readonly isCommon: ((lead: number, trail: number) => boolean) | null;
  /** How much the guess is worth when all is usual. */
  readonly weight: number;
}

/** Chinese, Japanese and Korean overlap: what is common in one is rare in the others. */
const CANDIDATES: readonly Candidate[] = [
  {
    name: 'GBK',
    python: 'gbk',
    label: 'gb18030',
    usual: /[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]/,
    isCommon: (lead, trail) => trail >= 0xa1 && (lead >= 0xb0 ? lead <= 0xd7 : lead <= 0xa3),
    weight: 1,
  },
  {
    name: 'Shift-JIS',
    python: 'shift_jis',
    label: 'shift_jis',
    usual: /[\u3040-\u30ff\u4e00-\u9fff\u3000-\u303f\uff00-\uff5e]/,
    isCommon: (lead) => lead >= 0x81 && lead <= 0x97,
    weight: 1,
  },
  {
    name: 'EUC-JP',
    python: 'euc_jp',
    label: 'euc-jp',
    usual: /[\u3040-\u30ff]/,
    isCommon: (lead) => lead === 0xa4 || lead === 0xa5,
    weight: 1.6,
  },
  {
    name: 'Big5',
    python: 'big5',
    label: 'big5',
    usual: /[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]/,
    isCommon: (lead) => lead >= 0xa1 && lead <= 0xc6,
    weight: 0.99,
  },
  {
    name: 'EUC-KR',
    python: 'euc_kr',
    label: 'euc-kr',
    usual: /[\uac00-\ud7af]/,
    isCommon: (lead, trail) => lead >= 0xb0 && lead <= 0xc8 && trail >= 0xa1,
    weight: 1.02,
  },
  {
    name: 'Windows-1251',
    python: 'cp1251',
    label: 'windows-1251',
    usual: /[\u0410-\u044f\u0401\u0451]/,
    isCommon: null,
    weight: 0.8,
  },
  {
    name: 'Windows-1252',
    python: 'cp1252',
    label: 'windows-1252',
    usual: /[\u00a0-\u00ff\u2013-\u2026\u20ac]/,
    isCommon: null,
    weight: 0.1,
  },
];

function scoreOf(candidate: Candidate, bytes: Uint8Array): number {
  if (candidate.label === 'windows-1252' && mostlyAlone(bytes)) return 2;
  const decoder = decoderOf(candidate.label, true);
  if (!decoder) return -1;
  try {
    // A sample may end within a character.
    const text = decoder.decode(bytes, { stream: true });
    return candidate.weight * (share(text, candidate.usual) + commonShare(bytes, candidate)) * 0.5;
  } catch {
    return -1;
  }
}

/** Of the characters beyond ASCII, how many are usual. */
function share(text: string, usual: RegExp): number {
  const beyond = Array.from(text).filter((char) => char > '\x7f');
  return beyond.length === 0 ? 0 : beyond.filter((char) => usual.test(char)).length / beyond.length;
}

function commonShare(bytes: Uint8Array, { isCommon }: Candidate): number {
  if (isCommon === null) return 1;
  let [pairs, common] = [0, 0];
  for (let at = 0; at < bytes.length - 1; at += 1) {
    const [lead = 0, trail = 0] = [bytes[at], bytes[at + 1]];
    if (lead < 0x80) continue;
    pairs += 1;
    if (isCommon(lead, trail)) common += 1;
    at += 1;
  }
  return pairs === 0 ? 0 : common / pairs;
}

/** Accented letters stand between plain ones; the other encodings write pairs. */
function mostlyAlone(bytes: Uint8Array): boolean {
  let [all, alone] = [0, 0];
  for (const [at, byte] of bytes.entries()) {
    if (byte < 0x80) continue;
    all += 1;
    if ((bytes[at - 1] ?? 0) < 0x80 && (bytes[at + 1] ?? 0) < 0x80) alone += 1;
  }
  return alone * 2 > all;
}
