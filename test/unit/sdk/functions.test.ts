import { describe, expect, test } from 'vitest';
import { type FunctionSpec, Stopped } from '../../../src/sdk/index.ts';
import { ScriptedHost } from './scripted-host.ts';

const CONTEXT = JSON.stringify({ ruleId: 'r1', opId: 'op', instanceId: 2, funcId: 3 });

async function started(spec: FunctionSpec) {
  const host = new ScriptedHost();
  await host.run({ name: 'fns', functions: { f: spec } });
  const line = await host.listen('func_f');
  expect(await host.start('func', 'f')).toBe('ok');
  expect(await line.hears()).toBe('handshake');
  return { host, line };
}

const fail = (error: unknown) => () => {
  throw error;
};

const circle: { self?: unknown } = {};
circle.self = circle;

/** [what, function, arguments, the answer] */
const EXECS: readonly (readonly [string, FunctionSpec, unknown[], string])[] = [
  ['a plain function', ([a]) => `${a}!`, ['x'], '{"state":true,"result":"x!"}'],
  ['an object', { exec: (args) => args.length }, [1, 2], '{"state":true,"result":2}'],
  ['a promise', async ([a]) => [a], [null], '{"state":true,"result":[null]}'],
  ['nothing', () => undefined, [], '{"state":true,"result":null}'],
  ['no word for it', () => () => 1, [], '{"state":true,"result":null}'],
  ['not a number', () => Number.NaN, [], '{"state":true,"result":null}'],
  ['bytes', () => new Uint8Array([1, 2, 255]), [], '{"state":true,"result":"AQL/"}'],
  ['an error', fail(new Error('no "x"')), [], '{"state":false,"result":"no \\"x\\""}'],
  [
    'a cause',
    fail(new Error('fetch failed', { cause: new Error('refused') })),
    [],
    '{"state":false,"result":"fetch failed: refused"}',
  ],
  ['a text thrown', fail('boom'), [], '{"state":false,"result":"boom"}'],
  ['nothing thrown', fail(undefined), [], '{"state":false,"result":"undefined"}'],
  ['an empty error', fail(new TypeError('')), [], '{"state":false,"result":"TypeError"}'],
  ['a rejection', () => Promise.reject(new Error('later')), [], '{"state":false,"result":"later"}'],
];

test.each(EXECS)('exec: %s', async (_what, spec, args, answer) => {
  const { line } = await started(spec);
  expect(await line.ask({ func: 'Exec', arg: [...args, CONTEXT] })).toBe(answer);
});

test('what JSON cannot hold is an error of that call', async () => {
  const { line } = await started(([kind]) => (kind === 'circle' ? circle : 10n));
  expect(await line.ask({ func: 'Exec', arg: ['circle', CONTEXT] })).toContain('"state":false');
  expect(await line.ask({ func: 'Exec', arg: ['big', CONTEXT] })).toContain('BigInt');
});

test('a class is made once, and its methods keep their this', async () => {
  class Counter {
    count = 0;
    exec() {
      this.count += 1;
      return this.count;
    }
    isAggregate() {
      return this.count === 2;
    }
    validate() {
      return `count is ${this.count}`;
    }
  }
  const { line } = await started(Counter);
  await line.ask({ func: 'Exec', arg: [CONTEXT] });
  expect(await line.ask({ func: 'Exec', arg: [CONTEXT] })).toContain('"result":2');
  expect(await line.ask({ func: 'IsAggregate', arg: null })).toBe('{"state":true,"result":true}');
  expect(await line.ask({ func: 'Validate', arg: [] })).toBe(
    '{"state":false,"result":"count is 2"}',
  );
});

test('the context says where the call comes from, and is the same for the same place', async () => {
  const seen: unknown[] = [];
  const { line } = await started((_args, context) => {
    seen.push(context);
    return [context.rule, context.funcId, context.key];
  });
  const answer = await line.ask({ func: 'Exec', arg: [CONTEXT] });
  expect(JSON.parse(answer).result).toEqual([
    { ruleId: 'r1', opId: 'op', instanceId: 2 },
    3,
    'r1_op_2_3',
  ]);
  await line.ask({ func: 'Exec', arg: [CONTEXT] });
  await line.ask({ func: 'Exec', arg: [JSON.stringify({ ruleId: 'r2', opId: 'op' })] });
  expect(seen[1]).toBe(seen[0]);
  expect(seen[2]).not.toBe(seen[0]);
});

describe('validate', () => {
  const cases: readonly (readonly [string, FunctionSpec, string])[] = [
    ['none', () => 1, '{"state":true,"result":""}'],
    ['says nothing', { exec: () => 1, validate: () => undefined }, '{"state":true,"result":""}'],
    ['an empty text', { exec: () => 1, validate: () => '' }, '{"state":true,"result":""}'],
    [
      'a text',
      { exec: () => 1, validate: (a) => `${a.length} of 2` },
      '{"state":false,"result":"1 of 2"}',
    ],
    ['throws', { exec: () => 1, validate: fail(new Error('no')) }, '{"state":false,"result":"no"}'],
    ['async', { exec: () => 1, validate: async () => 'later' }, '{"state":false,"result":"later"}'],
  ];
  test.each(cases)('%s', async (_what, spec, answer) => {
    const { line } = await started(spec);
    expect(await line.ask({ func: 'Validate', arg: [{ Name: 'a', StreamName: 's' }] })).toBe(
      answer,
    );
  });
});

test('validate gets an empty list for a call without arguments, of which eKuiper says null', async () => {
  const { line } = await started({ exec: () => 1, validate: (args) => `${args.length} of 1` });
  expect(await line.ask({ func: 'Validate', arg: null })).toBe('{"state":false,"result":"0 of 1"}');
});

test.each([
  [{ exec: () => 1, isAggregate: true }, true],
  [{ exec: () => 1, isAggregate: () => true }, true],
  [{ exec: () => 1, isAggregate: false }, false],
  [() => 1, false],
])('isAggregate %#', async (spec, answer) => {
  const { line } = await started(spec);
  expect(await line.ask({ func: 'IsAggregate', arg: null })).toBe(
    `{"state":true,"result":${answer}}`,
  );
});

/** Questions that no host should ask. */
const HOSTILE = [
  '',
  'null',
  '[]',
  '"Exec"',
  '{',
  '{"func":"Exec"}',
  '{"func":"Exec","arg":[]}',
  '{"func":"Exec","arg":{}}',
  '{"func":"Exec","arg":[1]}',
  '{"func":"Exec","arg":["not json"]}',
  '{"func":"Exec","arg":["[]"]}',
  '{"func":"Validate"}',
  '{"func":"toString","arg":[]}',
  '{"func":"__proto__","arg":[]}',
];

test('a question that makes no sense is answered with an error, and the next one is answered', async () => {
  const { line } = await started(() => 'fine');
  for (const question of HOSTILE) {
    const answer = JSON.parse(await line.ask(question));
    expect([question, answer.state, typeof answer.result]).toEqual([question, false, 'string']);
  }
  expect(await line.ask({ func: 'Exec', arg: [CONTEXT] })).toContain('fine');
});

test('a failing function says once where', async () => {
  const { host, line } = await started(fail(new Error('every time')));
  for (let n = 0; n < 3; n += 1) await line.ask({ func: 'Exec', arg: [CONTEXT] });
  expect(host.log.filter((text) => text.includes('every time'))).toHaveLength(1);
  expect(host.log.join()).toContain('functions.test.ts');
});

test('a big result arrives whole', async () => {
  const { line } = await started(([n]) => 'ä'.repeat(Number(n)));
  const answer = await line.ask({ func: 'Exec', arg: [2_000_000, CONTEXT] });
  expect(JSON.parse(answer).result).toHaveLength(2_000_000);
});

test('Stopped is an error like any other here', async () => {
  const { line } = await started(fail(new Stopped()));
  expect(await line.ask({ func: 'Exec', arg: [CONTEXT] })).toContain('"state":false');
});
