import { describe, expect, it } from 'vitest';
import { settingChanges } from '../../../../src/deploy/diff/config-changes.ts';
import { reversedValues } from '../../../../src/package/diff/value-changes.ts';

const groups = (value: object) => new Map(Object.entries(value));

describe('the settings of a source', () => {
  it.each<[string, object, object, string[], string[]]>([
    ['the same', { d: { a: 1 } }, { d: { a: 1 } }, [], []],
    ['letter case and order', { d: { a: 1, b: 2 } }, { D: { B: 2, A: 1 } }, [], []],
    ['ways to write a duration', { d: { interval: '1s' } }, { d: { interval: 1000 } }, [], []],
    ['a value', { d: { a: 1 } }, { d: { a: 2 } }, ['changed d.a 1 2'], []],
    ['a key', { d: {} }, { d: { a: [1] } }, ['added d.a null [1]'], []],
    ['a group', { d: { a: 1 } }, {}, ['removed d.a 1 null'], []],
    ['an empty group', {}, { d: {} }, ['added d null {}'], []],
    ['a group of nothing', { d: {} }, { d: null }, [], []],
    ['a group that is none', { d: 'x' }, { d: {} }, ['changed d "x" {}'], []],
    [
      'the name as it was written',
      { d: { maxretry: 1 } },
      { d: { maxRetry: 2 } },
      ['changed d.maxRetry 1 2'],
      [],
    ],
    [
      'what eKuiper hides',
      { d: { password: '***' } },
      { d: { url: 'x' } },
      [],
      ['d.password', 'd.url'],
    ],
    [
      'a secret',
      { d: { apiToken: 'a' } },
      { d: { apiToken: 'b' } },
      ['changed d.apiToken "***" "***"'],
      [],
    ],
    [
      'a secret by the name of its group, or beside it',
      { credentials: { user: 'a' }, d: { name: 'db_token', value: 'a' } },
      { credentials: { user: 'b' }, d: { name: 'db_token', value: 'b' } },
      ['changed credentials.user "***" "***"', 'changed d.value "***" "***"'],
      [],
    ],
  ])('%s', (_what, before, after, values, hidden) => {
    const found = settingChanges(groups(before), groups(after));
    const shown = found.values.map(
      ({ what, path, before: was, after: is }) =>
        `${what} ${path} ${JSON.stringify(was)} ${JSON.stringify(is)}`,
    );
    expect(shown).toEqual(values);
    expect(found.hidden).toEqual(hidden);
    const other = settingChanges(groups(after), groups(before));
    expect(other).toEqual({ values: reversedValues(found.values), hidden: found.hidden });
  });
});
