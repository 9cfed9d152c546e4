import { describe, expect, it } from 'vitest';
import { readSourceYaml } from '../../../src/model/yaml/read.ts';

/** What eKuiper's reader gets, or why it gets nothing; yaml.v3 reads 512 bytes at a time, and looks at all of them. */
function read(text: string | Uint8Array): unknown {
  const { groups, fault } = readSourceYaml(Buffer.from(text));
  return fault ? fault.message : groups;
}

const CONTROL = 'control characters are not allowed (U+0001)';

describe('how far a source file is read', () => {
  it.each([
    ['the piece in which the document ends', `a: 1\n...\n${' '.repeat(400)}\x01`, CONTROL],
    ['a piece that nothing asked for', `{a: 1}\n...\n- -\n${'x'.repeat(600)}\x01`, { a: 1 }],
    ['a scalar that ends pieces behind', `  c: d\n{a: 1} b\n${'x'.repeat(1030)}\n\x01`, CONTROL],
    [
      'blanks in which a comment is looked for',
      `{a: 1}\n...\n[: ${'\t'.repeat(501)}\n[\x01`,
      CONTROL,
    ],
    ['the rest of a long comment', `a: 1\n# ${'x'.repeat(5000)}\x01`, CONTROL],
    [
      'bytes that are not UTF-8',
      Buffer.from(`a: 1\n---\n${'x'.repeat(40)}\xff`, 'latin1'),
      'the byte 0xFF is not UTF-8',
    ],
    [
      'half a pair in UTF-16',
      Buffer.from(`\ufeffa: 1\n---\nx\ud800`, 'utf16le'),
      'incomplete UTF-16 character',
    ],
    [
      'half a pair in a later piece',
      Buffer.from(`\ufeff{a: 1}\n---\n- -\n${'x'.repeat(300)}\ud800`, 'utf16le'),
      { a: 1 },
    ],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    [
      'a second mark takes the first letter of the next groups',
      '\ufeff\ufeffa: 1\nbc: 2\n',
      { a: 1, c: 2 },
    ],
    [
      'a mark behind the first group belongs to a name',
      'a: 1\n\ufeffb: 2\n',
      { a: 1, '\ufeffb': 2 },
    ],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});
