import { describe, expect, it, test } from 'vitest';
import { HostRefusal } from '../../../../src/emulator/runtime/refusal.ts';
import type { SourceRequest } from '../../../../src/emulator/runtime/symbol-contract.ts';
import { type Script, SILENT } from './scripted-host.ts';
import { runYaml, told } from './suite.ts';

/** Sends `{count: 0}`, `{count: 1}` … as fast as they are read, with the topic as meta. */
const TICKER: Script = {
  source: ({ config, onMessage }: SourceRequest) => {
    for (let count = 0; count < 5; count += 1) {
      void onMessage({
        message: { count, ...config },
        meta: { topic: config['datasource'] },
        bytes: 9,
      });
    }
  },
};

const one = (rest: string) => `cases: [{ name: x, source: ticker, within: 60ms, ${rest} }]`;

describe('a source that counts to four', () => {
  test.each<[string, string]>([
    ['', 'x | passed'],
    ['rows: [{ count: 0 }, { count: 1 }]', 'x | passed'],
    ['messages: 5, each: { count: { $max: 4 } }', 'x | passed'],
    ['some: [{ count: 3 }, { count: 1 }]', 'x | passed'],
    ['meta: [{ topic: t }], dataSource: t', 'x | passed'],
    ['rows: [{ interval: 1 }], config: { interval: 1 }', 'x | passed'],
    ['rows: [{ confKey: fast }], confKey: fast', 'x | passed'],
    ['rows: [{ count: 0 }, { count: 2 }]', 'x | failed | rows[1].count: 2 <> 1'],
    [
      'messages: 3, each: { count: { $max: 1 } }',
      'x | failed | each[2].count: a number up to 1 <> 2',
    ],
    ['meta: [{ topic: u }], dataSource: t', 'x | failed | meta[0].topic: "u" <> "t"'],
    ['messages: 6', 'x | failed | messages: 6 <> 5 within 60 ms'],
    ['some: [{ count: 9 }]', 'x | failed | some[0]: {"count":9} <> none of 5 rows is like that'],
    [
      'messages: 2, some: [{ count: 0 }, { count: 4 }]',
      'x | failed | some[1]: {"count":4} <> none of 2 rows is like that',
    ],
    ['error: true', 'x | failed | error: an error <> no error but a message'],
  ])('%s', async (rest, expected) => {
    const report = await runYaml(one(rest), TICKER);
    expect(told(report)).toEqual([expected]);
    expect(report.host.asked).toEqual(['start source ticker', 'stop source ticker']);
  });
});

describe('a source that does not start', () => {
  const script: Script = {
    source: () => Promise.reject(new HostRefusal('receive error: invalid interval')),
  };

  test.each<[string, string]>([
    ['error: interval', 'x | passed'],
    [
      'error: topic',
      'x | failed | error: an error with "topic" <> "receive error: invalid interval"',
    ],
    ['messages: 1', 'x | failed | the source does not start: receive error: invalid interval'],
  ])('%s', async (rest, expected) => {
    expect(told(await runYaml(one(rest), script))).toEqual([expected]);
  });

  it('gives no answer: that is no error which could be expected', async () => {
    const silent: Script = { source: () => Promise.reject(SILENT) };
    expect((await runYaml(one('error: true'), silent)).failed).toBe(1);
  });
});

it('what the source reports satisfies an expected error, and is told when rows are missing', async () => {
  const script: Script = { source: ({ onFault }) => onFault?.('no broker') };
  expect(told(await runYaml(one('error: broker'), script))).toEqual(['x | passed']);
  expect(told(await runYaml(one(''), script))).toEqual([
    'x | failed | messages: 1 <> 0 within 60 ms; the source reported: no broker',
  ]);
});

it('one that comes to run when nobody waits any more is stopped all the same', async () => {
  let go: () => void = () => undefined;
  const script: Script = { source: () => new Promise<void>((resolve) => (go = resolve)) };
  const report = await runYaml(one(''), script);
  expect(told(report)).toEqual(['x | failed | start ticker: not within 60 ms']);
  go();
  await new Promise(setImmediate);
  expect(report.host.asked).toEqual(['start source ticker', 'stop source ticker']);
});
