import type { Random } from '../differential/random.ts';

/** Pieces that mean something to one of the languages, or to nobody. */
const PIECES = [
  '\u0000',
  '\ufeff',
  '\r',
  '\n',
  '\t',
  '"',
  "'",
  '`',
  '"""',
  '\\',
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  ':',
  ',',
  '#',
  '//',
  '/*',
  '*/',
  '${',
  '$(',
  '<<EOF\n',
  '&a ',
  '*a',
  '<<: *a\n',
  '? ',
  '- ',
  '--- ',
  '!!binary ',
  '!',
  '**/',
  '|\n',
  '>\n',
  '__proto__',
  'constructor: ',
  'toString',
  'import ',
  'from ',
  'PluginConfig(',
  'PluginConfig{',
  'startPlugin({',
  'plugin.start(',
  'sudo ',
  '../',
  '\ud800',
  '\u202e',
  '\u{1f600}',
  '9'.repeat(50),
  'x'.repeat(200),
  ' '.repeat(300),
];

/** Bytes with one to four places cut, doubled, swapped or put in. Not always UTF-8. */
export function mutateText(text: string, random: Random): Buffer {
  let bytes = Buffer.from(text);
  for (let times = 1 + random.below(4); times > 0; times -= 1) {
    const at = random.below(bytes.length + 1);
    const to = Math.min(bytes.length, at + random.below(random.below(4) === 0 ? 200 : 12));
    const [head, part, tail] = [bytes.subarray(0, at), bytes.subarray(at, to), bytes.subarray(to)];
    const choices: readonly (() => Buffer[])[] = [
      () => [head, tail],
      () => [head, part, part, tail],
      () => [head, Buffer.from(random.pick(PIECES)), bytes.subarray(at)],
      () => [head, Buffer.from(random.pick(PIECES).repeat(1 + random.below(40))), tail],
      () => [tail, head],
      () => [head, Buffer.from([random.below(256), random.below(256)]), tail],
      () => [head],
    ];
    bytes = Buffer.concat(random.pick(choices)());
  }
  return bytes;
}
