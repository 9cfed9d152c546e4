import { mutateJson } from './json-mutants.ts';
import type { Random } from './random.ts';

const KEYS = [
  ...['name', 'version', 'language', 'executable', 'virtualEnvType', 'env', 'sources', 'sinks'],
  ...['functions', 'PluginMeta', 'VirtualType', 'other', ''],
];

/** Letters that Go's struct keys take for others, and some that look as if they were. */
const LOOKALIKES: ReadonlyMap<string, readonly string[]> = new Map([
  ['k', ['\u212a', '\\u212a']],
  ['s', ['\u017f', '\\u017F']],
  ['i', ['\u0130', '\u0131']],
  ['e', ['\u00e9', '\uff45']],
  ['n', ['\\u006e', '\u0149']],
]);

const VALUES = [
  ...[
    'null',
    'null',
    '"probe"',
    '"go"',
    '"python"',
    '"a"',
    '""',
    '"\\ud800"',
    '1',
    '1e400',
    'true',
    '{}',
    '{"name":1}',
  ],
  ...[
    '[]',
    '[null]',
    '[null,null,null]',
    '["a"]',
    '["a","b"]',
    '["a",null,"c"]',
    '["a",1]',
    '[["a"]]',
    '[{}]',
    '[1e400]',
  ],
];

/** A manifest of members that occur twice, in other letter cases, as null or of another type. */
export function mutateManifest(random: Random, seeds: readonly string[]): Uint8Array {
  if (random.chance(4)) return mutateJson(random, seeds);
  const count = 1 + random.below(9);
  // Few keys, so that many come again.
  const keys = Array.from({ length: 1 + random.below(4) }, () => random.pick(KEYS));
  const members = Array.from({ length: count }, () => member(random.pick(keys), random));
  return Buffer.from(around(`{${members.join(',')}}`, random));
}

function member(key: string, random: Random): string {
  return `"${respelled(key, random)}":${random.pick(VALUES)}`;
}

function respelled(key: string, random: Random): string {
  switch (random.below(4)) {
    case 0:
      return key.toUpperCase();
    case 1:
      return [...key].map((one) => (random.chance(2) ? one.toUpperCase() : one)).join('');
    case 2:
      return [...key].map((one) => lookalike(one, random)).join('');
    default:
      return key;
  }
}

function lookalike(letter: string, random: Random): string {
  const others = LOOKALIKES.get(letter);
  return others && random.chance(2) ? random.pick(others) : letter;
}

function around(text: string, random: Random): string {
  const wrapped = random.chance(20) ? `[${text}]` : text;
  return random.chance(20) ? wrapped + random.pick([' ', '\n', ',', '{}', '\0']) : wrapped;
}
