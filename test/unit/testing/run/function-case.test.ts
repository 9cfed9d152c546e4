import { describe, expect, test } from 'vitest';
import { HostRefusal } from '../../../../src/emulator/runtime/refusal.ts';
import { type Script, SILENT } from './scripted-host.ts';
import { runYaml, told } from './suite.ts';

const REVERSE: Script = {
  exec: async ([text]) => {
    if (typeof text !== 'string') throw new HostRefusal('no text');
    return [...text].reverse().join('');
  },
  validate: async (args) => {
    if (args.length !== 1) throw new HostRefusal('takes 1 argument');
  },
};

const one = (rest: string) => `cases: [{ name: x, function: reverse, ${rest} }]`;

describe('a function that turns texts round', () => {
  test.each<[string, string]>([
    ['args: [ab], result: ba', 'x | passed'],
    ['args: [ab]', 'x | passed'],
    ['args: [1], error: text', 'x | passed'],
    ['args: [1], error: true', 'x | passed'],
    ['args: [1], error: { $matches: "^no" }', 'x | passed'],
    ['calls: [{ args: [ab], result: ba }, { args: [1], error: no }]', 'x | passed'],
    ['aggregate: false', 'x | passed'],
    ['validate: { args: [1] }', 'x | passed'],
    ['validate: { args: [], error: takes 1 }', 'x | passed'],
    ['args: ["{project}"], result: tcejorp/', 'x | passed'],
    ['args: [ab], result: ab', 'x | failed | result: "ab" <> "ba"'],
    ['args: [1], result: 1', 'x | failed | result: a result <> an error: no text'],
    ['args: [1]', 'x | failed | result: any result <> an error: no text'],
    ['args: [a], error: text', 'x | failed | error: an error with "text" <> no error but "a"'],
    ['args: [1], error: boom', 'x | failed | error: an error with "boom" <> "no text"'],
    [
      'calls: [{ args: [a] }, { args: [b], result: c }]',
      'x | failed | calls[1].result: "c" <> "b"',
    ],
    [
      'calls: [{ args: [a] }, { args: [1], error: c }]',
      'x | failed | calls[1].error: an error with "c" <> "no text"',
    ],
    ['aggregate: true', 'x | failed | aggregate: true <> false'],
    ['validate: { args: [] }', 'x | failed | validate: ok <> an error: takes 1 argument'],
    ['validate: { args: [1], error: true }', 'x | failed | validate: an error <> no error but ok'],
  ])('%s', async (rest, expected) => {
    expect(told(await runYaml(one(rest), REVERSE))).toEqual([expected]);
  });
});

describe('no answer', () => {
  test('is no error of the function, even if any error is expected', async () => {
    const script = { exec: () => Promise.reject(SILENT) };
    expect(told(await runYaml(one('args: [], error: true'), script))).toEqual([
      `x | failed | ${SILENT.message}`,
    ]);
  });

  test('ends with the time of the case', async () => {
    const script = { exec: () => new Promise<never>(() => undefined) };
    const report = await runYaml(one('args: [], within: 20ms'), script);
    expect(told(report)).toEqual(['x | failed | the call: not within 20 ms']);
  });
});

test('a case for newer eKuipers is left out on an older one', async () => {
  const text = one('args: [ab], result: no, since: "2.1"');
  expect(told(await runYaml(text, REVERSE, { target: '2.0' }))).toEqual([
    'x | skipped | only for eKuiper 2.1 and newer',
  ]);
  expect((await runYaml(text, REVERSE, { target: '2.1' })).failed).toBe(1);
});
