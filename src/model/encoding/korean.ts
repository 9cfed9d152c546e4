import { TextDecoder } from 'node:util';

/** Trail bytes that Windows adds before those of EUC-KR. */
const TRAILS = [...range(0x41, 0x5a), ...range(0x61, 0x7a), ...range(0x81, 0xfe)];
const FIRST_LEAD = 0x81;
const LAST_LEAD = 0xc6;
/** From this value on both bytes are as in EUC-KR. */
const FIRST_OF_EUC = 0xa1;
const SYLLABLES = [0xac00, 0xd7a3] as const;
/** Symbols that Windows added. */
const SYMBOLS: readonly (readonly [number, string])[] = [
  [0xa2e6, '€'],
  [0xa2e7, '®'],
];

let added: ReadonlyMap<number, string> | null = null;

/**
 * Decodes Windows code page 949 (EUC-KR extended to all syllables); null when the bytes are invalid. Node's decoder
 * of that name knows only the 2,350 syllables of EUC-KR, and reads the first byte of the other 8,822 as a control
 * character. Source: the index of EUC-KR in WHATWG's Encoding Standard, where those syllables are in Unicode order.
 */
export function decodeKorean(bytes: Uint8Array): string | null {
  added ??= addedByWindows();
  let text = '';
  let from = 0;
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at] ?? 0;
    const char = added.get(lead * 256 + (bytes[at + 1] ?? 0));
    if (char !== undefined) {
      const before = decodeEuc(bytes.subarray(from, at));
      if (before === null) return null;
      text += before + char;
      from = at + 2;
    }
    at += lead < 0x80 ? 1 : 2;
  }
  const rest = decodeEuc(bytes.subarray(from));
  return rest === null ? null : text + rest;
}

function addedByWindows(): ReadonlyMap<number, string> {
  const places = range(FIRST_LEAD, LAST_LEAD).flatMap((lead) => {
    const most = lead < FIRST_OF_EUC ? 0xfe : FIRST_OF_EUC - 1;
    return TRAILS.flatMap((trail) => (trail <= most ? [lead * 256 + trail] : []));
  });
  const known = new Set(
    range(0xb0, 0xc8).flatMap((lead) =>
      range(FIRST_OF_EUC, 0xfe).map((trail) => decodeEuc(Uint8Array.of(lead, trail))),
    ),
  );
  const others = range(...SYLLABLES)
    .map((code) => String.fromCharCode(code))
    .filter((char) => !known.has(char));
  const pairs = others.flatMap((char, index): [number, string][] => {
    const place = places[index];
    return place === undefined ? [] : [[place, char]];
  });
  return new Map([...pairs, ...SYMBOLS]);
}

let euc: TextDecoder | null = null;

/** Also null when this Node has no such decoder. */
function decodeEuc(bytes: Uint8Array): string | null {
  try {
    euc ??= new TextDecoder('euc-kr', { fatal: true, ignoreBOM: true });
    const text = euc.decode(bytes);
    return /[\u0080-\u009f]/.test(text) ? null : text;
  } catch {
    return null;
  }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}
