import type { Random } from './random.ts';

/** Stands for bytes that are no character until the text is encoded; it occurs nowhere else. */
const BROKEN = '\ue000';

/** Bytes that are not UTF-8. */
const NOT_UTF8: readonly (readonly number[])[] = [
  [0x80],
  [0xff],
  [0xc0, 0x80],
  [0xc3],
  [0xe4],
  [0xe4, 0xbd],
  [0xed, 0xa0, 0x80],
  [0xf0, 0x9f, 0x98],
  [0xf4, 0x90, 0x80, 0x80],
  [0xf8],
];

/** Two bytes that are half a pair in UTF-16, or one too many. */
const NOT_UTF16: readonly (readonly number[])[] = [
  [0xd8, 0xd8],
  [0xdc, 0xdc],
  [0xd8, 0xdc],
  [0x20],
];

const BAD = ['\x01', '\0', '\x7f', '\x9f', '\ufffe', '\uffff', BROKEN, BROKEN, '\ufeff', '\ufeff'];

/** What long runs are made of: each is scanned by another rule. */
const RUNS = [
  ...['x', ' ', '\t', '\n', '\r\n', '# c\n', '#', ' #', '\n#', 'é', '你', '\u{1f600}', '\x85'],
  ...['\u2028', ', ', '[', '{', '- ', 'a: b\n', "'", '\\n', 'x ', 'x\n', '\n\n', '%41', '!', '1'],
];

const AROUND = [
  ...[
    '',
    '',
    '\n',
    '\n\n',
    ' ',
    '\n  ',
    '# ',
    '\n# ',
    ' # ',
    '"',
    "'",
    ': ',
    '- ',
    '[',
    '{',
    '|\n ',
    '>',
  ],
  ...[
    '\n---\n',
    '\n...\n',
    '\n...',
    '\n--- ',
    '&',
    '*',
    '!',
    '!<',
    '%',
    '\n%',
    '\n%TAG ! ',
    '? ',
    ', ',
    '\\',
  ],
];

/** Documents that are soon at their end: what follows is looked at by the rules about ends. */
const SHORT = [
  ...[
    'a: 1\n',
    '{a: 1}',
    'a:',
    'a: 1\n...\n',
    'a: 1\n---\n',
    '--- {a: 1}\n',
    '{a: 1}\n...\n[',
    '%YAML 1.1\n---\n',
  ],
  ...[
    '  c: d\n{a: 1} b\n',
    'a: 1\n...\n[',
    ' a: 1\nb',
    'a: |\n  x\n',
    'a: "x"\n',
    'a: [1]\n# c\n',
    '',
    '# c\n',
  ],
];

/** Numbers of bytes about which yaml.v3 reads its next piece, or abandons a search. */
const EDGES = [3, 509, 512, 1024, 1536, 2048, 4096];

/**
 * The same text with something long in it, or behind it, and a character behind that which YAML does not allow, or a
 * byte-order mark: whether Go meets it depends on how far it has read when it is done.
 */
export function pushedFar(text: string, random: Random): string {
  if (random.chance(3)) return pushed(random.pick(SHORT), Number.POSITIVE_INFINITY, random);
  return pushed(text, random.chance(2) ? text.length : random.below(text.length + 1), random);
}

function pushed(text: string, cut: number, random: Random): string {
  const unit = random.pick(RUNS);
  const goal = random.pick(EDGES) - (random.chance(2) ? Buffer.byteLength(text.slice(0, cut)) : 0);
  const count = Math.max(0, Math.floor(goal / Buffer.byteLength(unit)) + random.below(9) - 4);
  const after = Array.from({ length: 1 + random.below(4) }, () => random.pick(AROUND)).join('');
  const run = random.pick(AROUND) + unit.repeat(count) + after;
  const bad = random.chance(8) ? '' : random.pick(BAD);
  return text.slice(0, cut) + run + bad + random.pick(['', '', '\n', 'x', text.slice(cut)]);
}

/** The bytes of a text with what {@link pushedFar} left in it. */
export function brokenBytes(text: string, encoding: 'utf8' | 'utf16le', random: Random): Buffer {
  const choices = encoding === 'utf8' ? NOT_UTF8 : NOT_UTF16;
  const parts = text
    .split(BROKEN)
    .flatMap((part) => [Buffer.from(part, encoding), Buffer.from(random.pick(choices))]);
  return Buffer.concat(parts.slice(0, -1));
}
