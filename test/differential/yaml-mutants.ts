import type { Random } from './random.ts';
import { brokenBytes, pushedFar } from './yaml-far.ts';

const SCALARS = [
  ...['yes', 'No', 'on', 'off', 'y', 'true', 'True', 'FALSE', '~', 'null', 'Null', 'nUll', '""'],
  ...['0', '00', '08', '017', '0o17', '0O17', '-0o7', '0x1F', '0X1f', '0b101', '0b2', '0b-1'],
  ...['1_000', '_1', '1__0', '+12', '-0', '+-1', '9007199254740993', '9223372036854775807'],
  ...[
    '9223372036854775808',
    '18446744073709551615',
    '18446744073709551616',
    '-9223372036854775809',
  ],
  ...['1.0', '1.', '.5', '.5_0', '._5', '-.5', '1e3', '1e400', '1e-400', '1.5e+3', '0x1p3', '1:30'],
  ...['.inf', '-.INF', '+.Inf', '.nan', '.NaN', '-.nan', '.', '..', '1.2.3', '6.02e23_1', '0.1_5'],
  ...[
    '2001-12-14',
    '2001-1-1',
    '2001-02-30',
    '2001-12-14t21:59:43.10-05:00',
    '2001-12-14T21:59:43Z',
  ],
  ...[
    '2001-12-14 21:59:43.10',
    '2001-12-14 21:59:43 +1',
    '2001-12-14 1:2:3',
    '2001-12-14  1:2:3,5',
  ],
  ...['2001-12-14T25:00:00Z', '2001-12-14T1:2:3+24:00', '2001-12-14T1:2:3+00:60', '0000-01-01'],
  ...[
    "'it''s'",
    '"a\\tb\\x41\\u00e9\\U0001F600"',
    '"\\q"',
    '"\\ud800"',
    "'open",
    '"open',
    '"a\\\n  b"',
  ],
  ...[
    '|',
    '>',
    '|-',
    '>+',
    '|2',
    '>1-',
    '|0',
    '| # c',
    '|\n  a\n   b\n\n  c',
    '>\n  a\n  b\n\n   c\n  d',
  ],
  ...[
    '[a, b]',
    '{a: 1}',
    '[',
    '{',
    ']',
    '}',
    '[a, [b, {c: d}]]',
    '{a, b: , ? c}',
    '[a: b, c]',
    '[,]',
  ],
  ...[
    '{{ .Values.url }}',
    '{{x}}',
    '$URL',
    '%d',
    '@x',
    '`x`',
    '!t x',
    '!!str 1',
    '!!int "1"',
    '!!float 1',
  ],
  ...[
    '!!int 1.5',
    '!!binary aGk=',
    '!!binary /w==',
    '!!binary x',
    '!!null x',
    '!!bool yes',
    '!!map {}',
  ],
  ...['!!timestamp "2001-01-01"', '!<tag:yaml.org,2002:int> 7', '!e!x y', '! 12', '!', '!!set {a}'],
  ...[
    '&a 1',
    '&a [1]',
    '*a',
    '*b',
    '&a',
    '& x',
    '* x',
    '&a {x: 1}',
    '&a [*a]',
    '<<',
    '"<<"',
    '- a',
    '-a',
  ],
  ...[
    'a: b',
    'a:b',
    ':a',
    '?a',
    '? a',
    '-',
    '?',
    ':',
    '#x',
    'a #b',
    'a#b',
    'a\tb',
    '\ta',
    'a\t#b',
    'é',
    '你好',
  ],
  ...[
    '\u{1f600}',
    '\ufeff',
    '\u2028',
    '\x85',
    '\xa0',
    '\x07',
    '\x7f',
    '\x9f',
    '\ufffe',
    'x'.repeat(1100),
  ],
];

const LINES = [
  ...[
    '---',
    '...',
    '--- ',
    '---a',
    '--- a',
    '%YAML 1.1',
    '%YAML 1.2',
    '%YAML 01.1',
    '%YAML 1',
    '%TAG ! tag:x,',
  ],
  ...[
    '%TAG !e! tag:e:',
    '%FOO bar',
    '%',
    '# comment',
    '  # comment',
    '\t# comment',
    '\t',
    '   ',
    '',
    '<<: *a',
  ],
  ...[
    '  <<: *a',
    '  <<: [*a, *b]',
    '  <<: {x: 1}',
    '  <<: 1',
    '  <<: [1]',
    '"<<": *a',
    'base: &a',
    'base: &b {x: 2}',
  ],
  ...[
    '  ? a',
    '  : b',
    '? [a]',
    ': x',
    '  ? {a: 1}',
    '  - a',
    '- a',
    '    - b: 1',
    '  1: x',
    '  true: x',
    '  ~: x',
  ],
  ...[
    '  null:',
    '  1.5: x',
    '  "1": x',
    '  ? |\n    k\n  : v',
    'default:',
    '  *a : x',
    '  &k key: v',
    '  [a]: x',
  ],
  ...[
    '  {a: b}: x',
    '  a: b: c',
    'fast: {',
    '}',
    ']',
    '\ufeffx: 1',
    '  a b: 1',
    '  "a": 1',
    "  'a' : 1",
    '  a:',
    '!!map',
  ],
];

const PIECES = [
  ...[
    ' ',
    '  ',
    '\t',
    '\n',
    '\r\n',
    '\r',
    '\x85',
    '\u2028',
    '\u2029',
    ': ',
    ':',
    '- ',
    '? ',
    ', ',
    '#',
    ' #',
  ],
  ...[
    '[',
    ']',
    '{',
    '}',
    '&a ',
    '*a',
    '!',
    '!!',
    '|',
    '>',
    "'",
    '"',
    '\\',
    '%',
    '@',
    '`',
    '---\n',
    '...\n',
    '\0',
  ],
  ...[
    'é',
    '你',
    '\u{1f600}',
    '\ufeff',
    '\x1b',
    '<<: ',
    '~',
    '_',
    '0',
    '-',
    '+',
    '.',
    '\n\n',
    '\n \n',
    '\n# c\n',
    '\n\t# c\n',
  ],
];

/** Another text of the same kind, with one to five changes. */
export function mutateYaml(random: Random, seeds: readonly string[]): Uint8Array {
  let text = random.pick(seeds);
  for (let changes = 1 + random.below(5); changes > 0; changes -= 1) {
    text = random.pick(CHANGES)(text, random, seeds);
  }
  if (random.chance(3)) text = pushedFar(text, random);
  return encoded(text.slice(0, 20_000), random);
}

type Change = (text: string, random: Random, seeds: readonly string[]) => string;

const CHANGES: readonly Change[] = [
  (text, random) => inserted(text, random.below(text.length + 1), random.pick(PIECES)),
  (text, random) => inserted(text, random.below(text.length + 1), random.pick(SCALARS)),
  (text, random) => {
    const at = random.below(text.length + 1);
    return text.slice(0, at) + text.slice(at + 1 + random.below(6));
  },
  (text, random) => (random.chance(4) ? text.slice(0, random.below(text.length + 1)) : text),
  (text, random) => onLines(text, (lines, at) => lines.splice(at, 0, random.pick(LINES)), random),
  (text, random) => onLines(text, (lines, at) => lines.splice(at, 0, random.pick(lines)), random),
  (text, random) => onLines(text, (lines, at) => lines.splice(at, 1), random),
  (text, random) => onLine(text, random, (line) => ` ${line}`),
  (text, random) => onLine(text, random, (line) => line.replace(/^ /, '')),
  (text, random) => onLine(text, random, (line) => `  ${line}`),
  (text, random) => onLine(text, random, (line) => line.replace(/^ +/, '\t')),
  (text, random) =>
    onLine(text, random, (line) => line.replace(/: .*$/, `: ${random.pick(SCALARS)}`)),
  (text, random) =>
    onLine(text, random, (line) => line.replace(/: .*$/, `: ${random.pick(SCALARS)}`)),
  (text, random) =>
    onLine(text, random, (line) => line.replace(/\w+:/, `${random.pick(SCALARS)}:`)),
  (text, random) => onLine(text, random, (line) => line.replace(/: (.*)$/, ': "$1"')),
  (text, random) => onLine(text, random, (line) => line.replace(/: (.*)$/, ': [$1]')),
  (text, random) => onLine(text, random, (line) => line.replace(/: (.*)$/, ': {$1}')),
  (text, random) => onLine(text, random, (line) => line.replace(/: (.*)$/, ': &a $1')),
  (text, random) => onLine(text, random, (line) => `${line} # é`),
  (text, random) => onLine(text, random, (line) => `${line}\t`),
  (text, random) => text.replaceAll('\n', random.pick(['\r\n', '\r', '\n', '\x85', '\n\n'])),
  (text, random, seeds) => `${text}${random.pick(['', '\n---\n', '\n...\n'])}${random.pick(seeds)}`,
];

function inserted(text: string, at: number, piece: string): string {
  return text.slice(0, at) + piece + text.slice(at);
}

function onLines(
  text: string,
  change: (lines: string[], at: number) => void,
  random: Random,
): string {
  const lines = text.split('\n');
  change(lines, random.below(lines.length));
  return lines.join('\n');
}

function onLine(text: string, random: Random, change: (line: string) => string): string {
  return onLines(text, (lines, at) => lines.splice(at, 1, change(lines[at] ?? '')), random);
}

function encoded(text: string, random: Random): Uint8Array {
  switch (random.below(16)) {
    case 0:
      return brokenBytes(`\ufeff${text}`, 'utf16le', random);
    case 1:
      return swapped(brokenBytes(`\ufeff${text}`, 'utf16le', random));
    case 2:
      return brokenBytes(`\ufeff${text}`, 'utf8', random);
    case 3:
      return Buffer.from(text, 'latin1');
    case 4:
      return flipped(brokenBytes(text, 'utf8', random), random);
    default:
      return brokenBytes(text, 'utf8', random);
  }
}

/** An odd byte at the end stays where it is. */
function swapped(bytes: Buffer): Uint8Array {
  bytes.subarray(0, bytes.length & ~1).swap16();
  return bytes;
}

function flipped(bytes: Buffer, random: Random): Uint8Array {
  if (bytes.length > 0) bytes[random.below(bytes.length)] = random.below(256);
  return bytes;
}
