import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SourceMessage } from '../../../src/emulator/runtime/symbol-contract.ts';
import { TARGET_NAMES } from '../../../src/model/target.ts';
import { type Hosted, hosted, NAME } from './plugin-host.ts';

const meta = (opId: string) => ({ ruleId: 'kpsdkrule', opId, instanceId: 0 });
const CONTEXT = { ...meta('project'), funcId: 0 };

/** Opens the ticker and resolves with its first rows. */
function firstRows({ host }: Hosted, count: number, opId = 'ticker') {
  return new Promise<readonly SourceMessage[]>((resolve, reject) => {
    const rows: SourceMessage[] = [];
    host
      .openSource({
        symbol: 'kpsdk_ticker',
        meta: meta(opId),
        config: { interval: 1 },
        onMessage: (row) => {
          rows.push(row);
          if (rows.length === count) resolve(rows);
        },
        onFault: (text) => reject(new Error(text)),
      })
      .catch(reject);
  });
}

describe.each(TARGET_NAMES)('with the manners of %s', (target) => {
  test('source, sink with and without acknowledgements, and functions', async () => {
    const it = await hosted(target);
    const rows = await firstRows(it, 3);
    expect(rows.slice(0, 3).map(({ message }) => message['n'])).toEqual([0, 1, 2]);

    const file = path.join(it.root, 'out.txt');
    const acks: (string | null)[] = [];
    const sink = await it.host.openSink({
      symbol: 'kpsdk_writer',
      meta: meta('writer'),
      config: { path: file, requireAck: true, requiredACKs: 1 },
      onAck: (error) => acks.push(error),
    });
    await sink.send('[{"a":1}]');
    await expect(sink.send('refuse')).rejects.toThrow('refused');
    await sink.stop();
    const plain = await it.host.openSink({
      symbol: 'kpsdk_writer',
      meta: meta('writer'),
      config: { path: file },
      onAck: (error) => acks.push(error),
    });
    await plain.send('{"a":2}');
    await plain.send('bare error');
    await plain.stop();
    expect(readFileSync(file, 'utf8')).toBe('1 [{"a":1}]\n1 {"a":2}\n0 bare error\n');
    expect(acks).toEqual([null, 'refused']);

    const reverse = await it.host.openFunction('kpsdk_reverse');
    const sum = await it.host.openFunction('kpsdk_sum');
    expect(await reverse.exec(['abc'], CONTEXT)).toBe('cba');
    await reverse.validate(['x']);
    await expect(reverse.validate([])).rejects.toThrow('1 argument, not 0');
    expect([await reverse.isAggregate(), await sum.isAggregate()]).toEqual([false, true]);
    expect(await sum.exec([[1, 2, 3]], CONTEXT)).toBe(6);
    for (const source of it.host.openSources) await source.stop();
    await expect.poll(it.printed).toContain('ticker aborted');
  });
});

test('after an update all functions answer, and each reply is that of its question', async () => {
  const it = await hosted();
  const reverse = await it.host.openFunction('kpsdk_reverse');
  const double = await it.host.openFunction('kpsdk_double');
  await reverse.exec(['ab'], CONTEXT);
  await double.exec([1], CONTEXT);
  for (let update = 0; update < 3; update += 1) {
    await it.host.restart(NAME);
    for (let n = 0; n < 20; n += 1) {
      const answers = [await reverse.exec([`${n}x`], CONTEXT), await double.exec([n], CONTEXT)];
      expect(answers).toEqual([[...`${n}x`].reverse().join(''), n * 2]);
    }
  }
});

test('two sources of one class at once', async () => {
  const it = await hosted();
  const both = await Promise.all([firstRows(it, 20, 'one'), firstRows(it, 20, 'two')]);
  for (const rows of both) expect(rows[19]?.message['n']).toBe(19);
});

test('a source that throws is reported and gone, the plugin goes on', async () => {
  const it = await hosted();
  const fault = await new Promise<string>((resolve, reject) => {
    it.host
      .openSource({
        symbol: 'kpsdk_failing',
        meta: meta('failing'),
        config: {},
        onMessage: () => undefined,
        onFault: resolve,
      })
      .catch(reject);
  });
  expect(fault).toContain('the line is cut');
  expect(await (await it.host.openFunction('kpsdk_reverse')).exec(['ab'], CONTEXT)).toBe('ba');
});

test('what nobody awaits and fails with the stop harms nobody', async () => {
  const it = await hosted();
  let came: () => void = () => undefined;
  const first = new Promise<void>((resolve) => {
    came = resolve;
  });
  const source = await it.host.openSource({
    symbol: 'kpsdk_careless',
    meta: meta('careless'),
    config: {},
    onMessage: () => came(),
  });
  await first;
  await source.stop();
  const reverse = await it.host.openFunction('kpsdk_reverse');
  for (let n = 0; n < 20; n += 1) expect(await reverse.exec(['ab'], CONTEXT)).toBe('ba');
  expect(it.events.filter((event) => event.kind === 'ended')).toEqual([]);
});

test('an error that nobody catches is logged with its stack and ends the process with 1', async () => {
  const it = await hosted();
  await it.host.openSource({
    symbol: 'kpsdk_crashing',
    meta: meta('crashing'),
    config: {},
    onMessage: () => undefined,
  });
  await expect
    .poll(() => it.events.find((event) => event.kind === 'ended'), { timeout: 10_000 })
    .toMatchObject({ how: 'exit status 1', asked: false });
  expect(it.printed()).toMatch(/uncaught error: Error: nobody catches this\n +at /);
});
