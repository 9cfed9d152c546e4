import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fileWord,
  pluginAt,
  shellWord,
  shellWordOr,
  sourceArgument,
  sourceLabel,
} from '../../../src/model/shell-word.ts';
import { describeOnUnix } from '../../toolchain/require.ts';

it.each([
  ['pysam', 'pysam'],
  ['edge1:9081', 'edge1:9081'],
  ['./a/b-1.0.zip', './a/b-1.0.zip'],
  ['', "''"],
  ['my plugin', "'my plugin'"],
  ['$(touch x)', "'$(touch x)'"],
  ["a'b", "'a'\\''b'"],
  ['~root', "'~root'"],
  ["a\nb'\\c", "$'a\\012b\\047\\134c'"],
  ['a\u009bb', "$'a\\302\\233b'"],
  ['a\u{e0041}', "$'a\\363\\240\\201\\201'"],
  ['\u202ea', "$'\\342\\200\\256a'"],
  ['a\udcd0', "$'a\\320'"],
  ['💀', "'💀'"],
  ['é 中', "'é 中'"],
])('%j is typed as %s', (text, word) => {
  expect(shellWord(text)).toBe(word);
});

it('a file is no flag, and what is not known is left to the reader', () => {
  expect(fileWord('-rf')).toBe('./-rf');
  expect(fileWord('-r f')).toBe("'./-r f'");
  expect(shellWordOr(null, '<plugin>')).toBe('<plugin>');
  expect(shellWordOr('<plugin>', '<plugin>')).toBe("'<plugin>'");
});

describeOnUnix('the shell itself', () => {
  it('reads whatever text as that one word', () => {
    const texts = fc
      .sample(
        fc.oneof(
          fc.string({ unit: fc.constantFrom(...'$(){}`\'"\\ \t\n;|&<>*?[]~#!=%-ab') }),
          fc.string({ unit: 'grapheme' }),
        ),
        { numRuns: 300, seed: 13 },
      )
      .map((text) => text.replaceAll('\0', ''));
    const isQuotedSimply = (text: string): boolean => !shellWord(text).startsWith("$'");
    const plain = texts.filter(isQuotedSimply);
    expect(readBy('/bin/sh', plain)).toEqual(plain);
    // A word with characters that no terminal shows needs a shell that knows $'…', as those for typing do.
    expect(readBy('bash', texts)).toEqual(texts);
    expect(texts.map(shellWord).filter((word) => /\p{Cc}/u.test(word))).toEqual([]);
  });
});

function readBy(shell: string, texts: readonly string[]): string[] {
  const script = texts.map((text) => `printf '%s\\0' ${shellWord(text)}`).join('\n');
  const said = execFileSync(shell, ['-c', script], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' },
  });
  return said.split('\0').slice(0, -1);
}

it.each([
  ['probe', 'probe --host edge1'],
  ['-rf', '--host edge1 -- -rf'],
  ['--host', '--host edge1 -- --host'],
  ['$(x)', "'$(x)' --host edge1"],
  [null, '<plugin> --host edge1'],
])('the plugin %s is never a flag', (name, words) => {
  expect(pluginAt(name, 'edge1')).toBe(words);
});

describe('how the thing to install is named', () => {
  it.each([
    ['./probe', './probe', './probe'],
    ['-x.zip', '-x.zip', './-x.zip'],
    ['my plugin', 'my plugin', "'my plugin'"],
    ["it's.zip", "it's.zip", "'it'\\''s.zip'"],
    ['C:\\x\\probe.zip', 'C:\\x\\probe.zip', 'C:\\x\\probe.zip'],
    ['https://ci.example.com/p.zip?token=s3cret#x', 'https://ci.example.com/p.zip', '<zip>'],
    ['https://me:s3cret@ci.example.com/p.zip', 'https://ci.example.com/p.zip', '<zip>'],
  ])('%s', (source, label, argument) => {
    expect(sourceLabel(source)).toBe(label);
    expect(sourceArgument(source)).toBe(argument);
  });
});
