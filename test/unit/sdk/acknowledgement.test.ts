import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { SinkSpec } from '../../../src/sdk/index.ts';
import { RULE, ScriptedHost } from './scripted-host.ts';
import { fail, keeper, startedSink } from './started-sink.ts';

test.each([{ requireAck: true }, { requireack: true }, { requiredACKs: 1 }])(
  'with %j each message is acknowledged',
  async (config) => {
    const { host, acks } = await startedSink(
      {
        collect({ text }) {
          if (text === 'bad') fail();
          if (text === 'late') return sleep(1).then(fail);
          if (text === 'empty') throw new Error('');
          return text === 'slow' ? sleep(1) : undefined;
        },
      },
      config,
    );
    const socket = await host.sink();
    // As eKuiper: the next one after the acknowledgement of the last.
    for (const [n, text] of ['good', 'bad', 'slow', 'late', 'empty'].entries()) {
      await socket.send(text);
      await acks.atLeast(n + 1);
    }
    expect(acks.texts).toEqual([
      '{}',
      '{"error":"no disk"}',
      '{}',
      '{"error":"no disk"}',
      '{"error":"Error"}',
    ]);
  },
);

test('acknowledgements that nobody reads do not stop the sink', async () => {
  const host = new ScriptedHost();
  let kept = 0;
  const count: SinkSpec = {
    collect: () => {
      kept += 1;
      throw new Error('x'.repeat(10_000));
    },
  };
  await host.run({ name: 'unread', sinks: { count }, logLevel: 'error' });
  await host.rows(RULE, '_ack', () => new Promise(() => undefined));
  expect(await host.start('sink', 'count', { config: { requiredACKs: 1 } })).toBe('ok');
  const socket = await host.sink();
  for (let n = 0; n < 500; n += 1) await socket.send('x');
  await expect.poll(() => kept).toBe(500);
  expect(await host.stop('sink', 'count')).toBe('ok');
});

test.each([{}, { requireAck: false }, { requireAck: 'yes' }, { requiredACKs: 0 }])(
  'with %j nobody dials the acknowledgements',
  async (config) => {
    const host = new ScriptedHost();
    const { kept, spec } = keeper();
    await host.run({ name: 'noack', sinks: { snk: spec } }, { dialMs: 20 });
    // Nobody listens there, so that a dial would fail the start.
    expect(await host.start('sink', 'snk', { config })).toBe('ok');
    await (await host.sink()).send('[{"a":1}]');
    await expect.poll(() => kept).toEqual([[{ a: 1 }]]);
  },
);

test('acknowledgements asked for where nobody listens: an error', async () => {
  const host = new ScriptedHost();
  await host.run({ name: 'noack2', sinks: { snk: keeper().spec } }, { dialMs: 20 });
  expect(await host.start('sink', 'snk', { config: { requireAck: true } })).toMatch(
    /^no connection to .*_ack\.ipc/,
  );
});
