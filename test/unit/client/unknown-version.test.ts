import { expect, it } from 'vitest';
import { parseTarget } from '../../../src/cli/shared-flags.ts';
import { unknownVersion } from '../../../src/client/answers.ts';

it.each([
  ['2.4.0', null],
  ['1.6.0', null],
  ['2.4.0-27-gabc', null],
  ['2.4.1', 'eKuiper 2.4.1 is newer than any that this kplugin knows; kplugin takes it for 2.4.0'],
  [
    '2.10.0',
    'eKuiper 2.10.0 is newer than any that this kplugin knows; kplugin takes it for 2.4.0',
  ],
  ['unknown', 'it does not say which version it is ("unknown"); kplugin takes it for 2.4.0'],
  ['', 'it does not say which version it is (""); kplugin takes it for 2.4.0'],
])('a host of version %j', (version, words) => {
  expect(unknownVersion(version)).toBe(words);
});

it.each([
  ['2.4', '2.4'],
  ['v2.3.1', '2.3'],
  ['1.14.7', '1.14'],
])('--target %s checks for %s', (value, target) => {
  expect(parseTarget(value)).toBe(target);
});

it.each([
  ['9.9', '--target "9.9" is no eKuiper that this kplugin knows'],
  ['2.10', '--target "2.10" is no eKuiper that this kplugin knows'],
  ['1.6.0', '--target "1.6.0" is no eKuiper that this kplugin knows'],
  ['newest', '--target "newest" is no version of eKuiper'],
  ['2.4,zzz', '--target "2.4,zzz" is no version of eKuiper'],
  ['2.4x', '--target "2.4x" is no version of eKuiper'],
])('--target %s is refused with the list', (value, message) => {
  expect(() => parseTarget(value)).toThrowError(
    expect.objectContaining({
      message,
      hint: expect.stringContaining('1.14, 2.0, 2.1, 2.2, 2.3, 2.4'),
    }),
  );
});
