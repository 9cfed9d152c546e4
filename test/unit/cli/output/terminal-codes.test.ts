import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  escapeOutput,
  ownCommand,
  styleFor,
  wantsColor,
} from '../../../../src/cli/output/terminal-codes.ts';

const style = await styleFor(true);

it.each([
  [style.red('error'), '\u001b[31merror\u001b[39m'],
  [style.bold(`a ${style.red('b')} c`), '\u001b[1ma \u001b[31mb\u001b[39m c\u001b[22m'],
  // A genuine colour that is not ours is as foreign as anything else, painted or not.
  ['\u001b[31mfake\u001b[0m', '\\x1b[31mfake\\x1b[0m'],
  [style.green('\u001b[31mfake\u001b[39m'), '\u001b[32m\\x1b[31mfake\\x1b[39m\u001b[39m'],
  [
    style.green('\u001b[1234;5678;1234;5678;31mfake'),
    '\u001b[32m\\x1b[1234;5678;1234;5678;31mfake\u001b[39m',
  ],
  [`${style.dim('x')}\u009b2J`, '\u001b[2mx\u001b[22m\\x9b2J'],
  ['a\r\nb\rc', 'a\nb\\x0dc'],
])('%j leaves as %j', (text, expected) => {
  expect(escapeOutput(text)).toBe(expected);
});

it('only the colours that were given leave as escape sequences', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      const text = escapeOutput(`${a}${style.bold(b)}${a}`);
      const rest = text.replaceAll('\u001b[1m', '').replaceAll('\u001b[22m', '');
      expect(rest).not.toContain('\u001b');
    }),
  );
});

it.each([
  ['::error file=x::pwned', ': :error file=x::pwned'],
  ['a\n  ::add-mask::x\n', 'a\n  : :add-mask::x\n'],
  ['text ##[error]x', 'text # #[error]x'],
  [`${ownCommand('::error::ours\n')}::error::theirs\n`, '::error::ours\n: :error::theirs\n'],
  ['std::vector', 'std::vector'],
])('GitHub obeys nobody else: %j', (text, expected) => {
  expect(escapeOutput(text, true)).toBe(expected);
});

describe('colour', () => {
  it.each<[boolean, Record<string, string>, boolean, boolean]>([
    [true, {}, true, true],
    [true, {}, false, false],
    [false, {}, true, false],
    [true, { NO_COLOR: '1' }, true, false],
    [true, { NO_COLOR: '' }, true, true],
    [true, { FORCE_COLOR: '1' }, false, true],
    [true, { FORCE_COLOR: '0' }, true, false],
    [false, { FORCE_COLOR: '1' }, true, false],
    [true, { TERM: 'dumb' }, true, false],
  ])('flag %s, %o, terminal %s → %s', (flag, env, terminal, expected) => {
    expect(wantsColor(flag, env, terminal)).toBe(expected);
  });
});
