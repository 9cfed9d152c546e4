import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reversedValues, valueChanges } from '../../../../src/package/diff/value-changes.ts';

describe('valueChanges', () => {
  it.each<[string, unknown, unknown, [string, string, unknown, unknown][]]>([
    ['a value', { default: { a: 1 } }, { default: { a: 2 } }, [['default.a', 'changed', 1, 2]]],
    ['a group that comes', {}, { ha: { a: 1 } }, [['ha', 'added', null, { a: 1 }]]],
    ['a group that goes', { ha: null }, {}, [['ha', 'removed', null, null]]],
    ['another type', { a: 1 }, { a: '1' }, [['a', 'changed', 1, '1']]],
    ['nothing against an empty map', null, {}, [['', 'changed', null, {}]]],
    ['the order of keys', { a: 1, b: 2 }, { b: 2, a: 1 }, []],
    [
      'a list by place',
      { l: [1, 2] },
      { l: [1, 3, 4] },
      [
        ['l[1]', 'changed', 2, 3],
        ['l[2]', 'added', null, 4],
      ],
    ],
    [
      'a list by names, whatever their order',
      {
        p: [
          { name: 'x', d: 1 },
          { name: 'y', d: 2 },
        ],
      },
      {
        p: [
          { name: 'y', d: 3 },
          { name: 'x', d: 1 },
        ],
      },
      [['p[y].d', 'changed', 2, 3]],
    ],
    [
      'a list whose names come twice, by place',
      { p: [{ name: 'x' }, { name: 'x' }] },
      { p: [{ name: 'x' }] },
      [['p[1]', 'removed', { name: 'x' }, null]],
    ],
    ['a list that becomes a map', { l: [1] }, { l: { a: 1 } }, [['l', 'changed', [1], { a: 1 }]]],
    [
      'keys that need quotes',
      { 'a.b': { 'c d': 1 } },
      { 'a.b': {} },
      [['["a.b"]["c d"]', 'removed', 1, null]],
    ],
    [
      'a secret',
      { db: { saslPassword: 'a' } },
      { db: { saslPassword: 'b' } },
      [['db.saslPassword', 'changed', '***', '***']],
    ],
    [
      'secrets below',
      { a: 1 },
      { a: 1, tls: { keys: { api_key: 'x' } }, token: { v: 'y' } },
      [
        ['tls', 'added', null, { keys: { api_key: '***' } }],
        ['token', 'added', null, { v: '***' }],
      ],
    ],
    [
      'a password in a URL',
      { u: 'mqtt://a:b@h' },
      { u: 'mqtt://a:c@h' },
      [['u', 'changed', 'mqtt://***@h', 'mqtt://***@h']],
    ],
    [
      'a key in brackets',
      { '[password]': 'a' },
      { '[password]': 'b' },
      [['["[password]"]', 'changed', '***', '***']],
    ],
    [
      'what stands behind a flag',
      { args: ['x', '--password', 'a'] },
      { args: ['x', '--password', 'b'] },
      [['args[2]', 'changed', '***', '***']],
    ],
    [
      'a text that is JSON itself',
      { conf: '{"password": "a"}' },
      { conf: '{"password": "b"}' },
      [['conf', 'changed', '{"password": ***', '{"password": ***']],
    ],
    [
      'a property called password, which is none',
      { p: [{ name: 'password', hint: 'a' }] },
      {
        p: [{ name: 'password', hint: 'b' }],
      },
      [['p[password].hint', 'changed', 'a', 'b']],
    ],
  ])('%s', (_what, before, after, expected) => {
    expect(valueChanges(before, after)).toEqual(
      expected.map(([path, what, was, is]) => ({ path, what, before: was, after: is })),
    );
  });

  it('ends with what leads to itself', () => {
    const loop: { a?: unknown } = {};
    loop.a = loop;
    const other: { a?: unknown } = { a: { a: loop } };
    expect(valueChanges(loop, other)).toEqual([]);
  });

  const value = fc.jsonValue({ maxDepth: 4 });

  it('finds nothing between a value and itself', () => {
    fc.assert(fc.property(value, (a) => valueChanges(a, structuredClone(a)).length === 0));
  });

  it('finds the same from the other side, turned round', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(reversedValues(valueChanges(a, b))).toEqual(valueChanges(b, a));
      }),
    );
  });

  it('finds something between values that are not the same', () => {
    const different = fc.tuple(value, value).filter(([a, b]) => !sameWhateverOrder(a, b));
    fc.assert(fc.property(different, ([a, b]) => valueChanges(a, b).length > 0));
  });
});

function sameWhateverOrder(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`)
    .sort()}}`;
}
