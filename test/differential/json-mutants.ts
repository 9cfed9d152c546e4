import type { Random } from './random.ts';

const VALUES = [
  ...[
    'null',
    'true',
    'false',
    'nul',
    'True',
    '0',
    '-0',
    '00',
    '01',
    '-',
    '+1',
    '1.',
    '.5',
    '1.5e3',
    '1E+2',
    '1e',
    '1e400',
  ],
  ...[
    '9007199254740993',
    '1e-400',
    '-1.5e-3',
    '0x1',
    'NaN',
    'Infinity',
    '""',
    '"a"',
    '"\\u00e9"',
    '"\\ud83d\\ude00"',
  ],
  ...[
    '"\\ud83d"',
    '"\\ude00"',
    '"\\ud83dx"',
    '"\\ud83d\\u0041"',
    '"\\uD83D\\uDE00"',
    '"\\u12"',
    '"\\x"',
    '"\\/"',
    '"\\b\\f\\n\\r\\t"',
  ],
  ...[
    '"é"',
    '"你"',
    '"\u{1f600}"',
    '"\u2028"',
    '"\ufffd"',
    '"\ufeff"',
    '"\t"',
    '"\n"',
    '"\x7f"',
    '"open',
    "'a'",
    'a',
  ],
  ...[
    '[]',
    '{}',
    '[1,]',
    '[,1]',
    '{"a":1,}',
    '{"a"}',
    '{"a":}',
    '{a:1}',
    '{"a":1 "b":2}',
    '[1 2]',
    '[[[1]]]',
    '{"a":{"b":[{}]}}',
  ],
  ...[
    '// c',
    '/* c */',
    '# c',
    '{"a":1,"a":2}',
    '{"A":1,"a":{"b":1},"a":{"c":2}}',
    '{"__proto__":1,"constructor":2}',
    '{"":1}',
  ],
];

const PIECES = [
  ...[
    ' ',
    '\t',
    '\n',
    '\r',
    '\v',
    '\f',
    '\xa0',
    '\u2028',
    ',',
    ':',
    '{',
    '}',
    '[',
    ']',
    '"',
    '\\',
    '\\u',
    '-',
    '.',
    'e',
    '0',
  ],
  ...['\x00', '\x1f', 'é', '\u{1f600}', '\ufeff', '//', 'null', 'true', '{}', '[]', '""'],
];

/** Another text of the same kind, with one to four changes. */
export function mutateJson(random: Random, seeds: readonly string[]): Uint8Array {
  let text = random.pick(seeds);
  for (let changes = 1 + random.below(4); changes > 0; changes -= 1) {
    text = random.pick(CHANGES)(text, random);
  }
  return encoded(text.slice(0, 20_000), random);
}

type Change = (text: string, random: Random) => string;

/** A number, word or string; `:` and brackets stay around it. */
const VALUE = /"(?:[^"\\]|\\.)*"|[\w.+-]+/g;

const CHANGES: readonly Change[] = [
  (text, random) => inserted(text, random.below(text.length + 1), random.pick(PIECES)),
  (text, random) => inserted(text, random.below(text.length + 1), random.pick(VALUES)),
  (text, random) => {
    const at = random.below(text.length + 1);
    return text.slice(0, at) + text.slice(at + 1 + random.below(4));
  },
  (text, random) => (random.chance(3) ? text.slice(0, random.below(text.length + 1)) : text),
  (text, random) => replaced(text, random, () => random.pick(VALUES)),
  (text, random) => replaced(text, random, () => random.pick(VALUES)),
  (text, random) => replaced(text, random, (value) => `[${value}]`),
  (text, random) => replaced(text, random, (value) => `{${value}:${value}}`),
  (text, random) => replaced(text, random, (value) => value.toUpperCase()),
  (text, random) =>
    replaced(text, random, (value) => `${value}${random.pick(['', ' ', '\n', '\ufeff'])}`),
  (text, random) =>
    `${random.pick(['', ' ', '\n', '\ufeff', '\x00'])}${text}${random.pick(['', ' ', '\n', '{}', ','])}`,
];

function inserted(text: string, at: number, piece: string): string {
  return text.slice(0, at) + piece + text.slice(at);
}

function replaced(text: string, random: Random, change: (value: string) => string): string {
  const places = [...text.matchAll(VALUE)];
  if (places.length === 0) return text;
  const { 0: value, index } = random.pick(places);
  return text.slice(0, index) + change(value) + text.slice(index + value.length);
}

function encoded(text: string, random: Random): Uint8Array {
  switch (random.below(12)) {
    case 0:
      return Buffer.from(`\ufeff${text}`, 'utf16le');
    case 1:
      return Buffer.from(`\ufeff${text}`, 'utf8');
    case 2:
      return Buffer.from(text, 'latin1');
    case 3:
    case 4:
      return flipped(Buffer.from(text, 'utf8'), random);
    default:
      return Buffer.from(text, 'utf8');
  }
}

function flipped(bytes: Buffer, random: Random): Uint8Array {
  for (let flips = 1 + random.below(3); flips > 0 && bytes.length > 0; flips -= 1) {
    bytes[random.below(bytes.length)] = random.below(256);
  }
  return bytes;
}
