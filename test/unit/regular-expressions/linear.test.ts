import { describe, expect, it } from 'vitest';
import { regularExpressions } from './in-source.ts';
import { superLinear } from './super-linear.ts';

const FILE_NAME = 'it reads the name of a file or folder, which has 255 bytes at most';

/** Where the text is known to be short, and why. */
const SHORT_TEXTS: readonly (readonly [place: string, because: string])[] = [
  ['testing/read/compile-pattern.ts new RegExp(text, ', 'the author of a case file wrote it'],
  ['doctor/real-machine.ts /^((plugin|func)_', FILE_NAME],
  ['scaffold/name-check.ts', FILE_NAME],
  [
    'lint/executable/executable-header.ts',
    'the kernel reads 256 bytes of a #! line, and so does it',
  ],
  ['model/secrets/forms/name-patterns.ts', 'secretName() cuts paths to 4096 characters'],
  ['model/secrets/secret-names.ts', 'secretName() cuts paths to 4096 characters'],
  ['model/secrets/secret-content.ts new RegExp(', 'its alternatives are plain words'],
  ['client/messages/', 'translate() cuts what a host says to 16 kB'],
];

const all = regularExpressions();

describe('regular expressions of src', () => {
  it('are linear in the text, or read a short one', () => {
    const slow = all.flatMap(({ file, text, literal }) => {
      const why = literal === null ? ['unknown'] : superLinear(literal.source, literal.flags);
      const isShort = SHORT_TEXTS.some(([place]) => `${file} ${text}`.startsWith(place));
      return why.length === 0 || isShort ? [] : [`${file} ${text} ${why.join('; ')}`];
    });
    expect(slow).toEqual([]);
    expect(all.length).toBeGreaterThan(400);
  });

  it('that read a short text are there', () => {
    const places = all.map(({ file, text }) => `${file} ${text}`);
    const gone = SHORT_TEXTS.filter(([place]) => !places.some((one) => one.startsWith(place)));
    expect(gone).toEqual([]);
  });
});

describe('what is not linear is found', () => {
  it.each([
    ['a comment before a page', '^\\s*(<!--[\\s\\S]*?-->\\s*)*<html', 'i'],
    ['white space at the end', '\\s+$', ''],
    ['words behind words', 'invalid name .*: duplicate', ''],
    ['white space twice', '\\bimport\\s*\\(?\\s*["\']', ''],
    ['lines that begin with white space', '^\\s*require', 'm'],
    ['a choice that reads the same', '^(?:\\d|\\w)*!', ''],
    ['two runs around a word', '^.*ab.*c', ''],
    ['what a string is, when it never ends', '"(?:\\\\.|[^"\\\\])*"', 'g'],
  ])('%s', (_, source, flags) => {
    expect(superLinear(source, flags)).not.toEqual([]);
  });

  it.each([
    ['a name', '^[A-Za-z][\\w-]*$', ''],
    ['a version', '^v?(\\d+)\\.(\\d+)', ''],
    ['what follows a mark', '[?#].*', 's'],
    ['words without white space behind some with it', 'plugin (\\S+) not found', ''],
    ['parts with a mark between them', '^\\w+(?:/\\w+)*$', ''],
    ['a bounded run', 'a.{0,200}b', ''],
  ])('but not %s', (_, source, flags) => {
    expect(superLinear(source, flags)).toEqual([]);
  });
});
