import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import {
  type Batch,
  type Config,
  type Sink,
  type SinkContext,
  type SinkSpec,
  settings,
} from '../../../src/sdk/index.ts';
import { RULE } from './scripted-host.ts';
import { fail, keeper, startedSink } from './started-sink.ts';

/** [what comes, rows, json] (docs/wire.md#rows-of-a-sink) */
const MESSAGES: readonly (readonly [string, unknown, unknown])[] = [
  ['[{"a":1}]', [{ a: 1 }], [{ a: 1 }]],
  ['[{"a":1},{"a":2}]', [{ a: 1 }, { a: 2 }], [{ a: 1 }, { a: 2 }]],
  ['{"a":1}', [{ a: 1 }], { a: 1 }],
  ['[]', [], []],
  ['[1,null,"x",[{"a":1}],{"b":2}]', [{ b: 2 }], [1, null, 'x', [{ a: 1 }], { b: 2 }]],
  ['division by zero', [], undefined],
  ['', [], undefined],
  ['null', [], null],
  ['[{"a":', [], undefined],
];

test.each(MESSAGES)('a message %s', async (text, rows, json) => {
  const { kept, spec } = keeper((batch) => [batch.rows, batch.json, batch.text]);
  const { host } = await startedSink(spec);
  const socket = await host.sink();
  await socket.send(text);
  await expect.poll(() => kept).toEqual([[rows, json, text]]);
});

test('a batch is decoded once, and bytes stay what they are', async () => {
  const { kept, spec } = keeper((batch) => {
    const { rows, json } = batch;
    return [batch.rows === rows && batch.json === json, [...batch.bytes]];
  });
  const { host } = await startedSink(spec);
  await (await host.sink()).send(new Uint8Array([0, 255, 254]));
  await expect.poll(() => kept).toEqual([[true, [0, 255, 254]]]);
});

test('one message at a time, in order, however long each takes', async () => {
  const seen: string[] = [];
  const { host } = await startedSink({
    async collect({ text }) {
      seen.push(`begin ${text}`);
      await sleep(text === '1' ? 20 : 1);
      seen.push(`end ${text}`);
    },
  });
  const socket = await host.sink();
  for (const text of ['1', '2', '3']) await socket.send(text);
  await expect.poll(() => seen).toHaveLength(6);
  expect(seen).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2', 'begin 3', 'end 3']);
});

test('everything sent before the stop is collected before close', async () => {
  const seen: string[] = [];
  const { host } = await startedSink({
    async collect({ text }) {
      await sleep(2);
      seen.push(text);
    },
    close: () => void seen.push('closed'),
  });
  const socket = await host.sink();
  const sent = Array.from({ length: 20 }, (_, n) => `${n}`);
  for (const text of sent) await socket.send(text);
  await socket.close();
  expect(await host.stop('sink', 'snk')).toBe('ok');
  expect(seen).toEqual([...sent, 'closed']);
});

test('what fails only because of the stop is no error in the log', async () => {
  let begun: () => void = () => undefined;
  const collecting = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const { host } = await startedSink({
    async collect(_batch, { signal }) {
      begun();
      await sleep(60_000, null, { signal });
    },
  });
  await (await host.sink()).send('1');
  await collecting;
  expect(await host.stop('sink', 'snk')).toBe('ok');
  expect(host.log.join()).not.toMatch(/ERROR|WARN/);
});

test('configuration and context reach collect; a class keeps its state', async () => {
  const seen: unknown[] = [];
  class Typed implements Sink<{ path: string }> {
    #opened = false;
    configure(config: Config) {
      return { path: settings(config).string('path') };
    }
    open({ config }: SinkContext<{ path: string }>) {
      this.#opened = config.path === '/x';
    }
    collect(batch: Batch, { config, rule, signal }: SinkContext<{ path: string }>) {
      seen.push([this.#opened, batch.text, config, rule, signal.aborted]);
    }
  }
  const { host, answer } = await startedSink(Typed, { path: '/x' });
  expect(answer).toBe('ok');
  await (await host.sink()).send('1');
  await expect.poll(() => seen).toEqual([[true, '1', { path: '/x' }, RULE, false]]);
});

test.each<[string, SinkSpec]>([
  ['configure', { configure: fail, collect: () => undefined }],
  ['open', { open: fail, collect: () => undefined }],
  ['an async open', { open: async () => fail(), collect: () => undefined }],
])('what %s throws is the answer to start, and nothing listens', async (_what, spec) => {
  const { host, answer } = await startedSink(spec);
  expect(answer).toBe('no disk');
  const { answer: again } = { answer: await host.start('sink', 'snk') };
  expect(again).toBe('no disk');
});

test('an open that takes long holds up the rows, not the host', async () => {
  let release: () => void = () => undefined;
  const { kept, spec } = keeper((batch) => batch.text);
  const { host, answer } = await startedSink({
    ...spec,
    open: () =>
      new Promise<void>((resolve) => {
        release = resolve;
      }),
  });
  expect(answer).toBe('ok');
  const socket = await host.sink();
  await socket.send('first');
  await host.stop('source', 'none');
  expect(kept).toEqual([]);
  release();
  await expect.poll(() => kept).toEqual(['first']);
});

test('an open that fails late is logged, and ends the sink', async () => {
  const { host, answer } = await startedSink({
    open: () => sleep(150).then(() => fail()),
    collect: () => undefined,
  });
  expect(answer).toBe('ok');
  await expect.poll(() => host.log.join()).toContain('no disk');
  expect(await host.stop('sink', 'snk')).toBe('ok');
});

test('collect that throws is logged, and the next message comes', async () => {
  const { kept, spec } = keeper((batch) => batch.text);
  const { host, acks } = await startedSink({
    collect(batch, context) {
      if (batch.text === 'bad') fail();
      return spec.configure === undefined && 'collect' in spec
        ? spec.collect(batch, context)
        : undefined;
    },
  });
  const socket = await host.sink();
  for (const text of ['bad', 'good']) await socket.send(text);
  await expect.poll(() => kept).toEqual(['good']);
  expect(host.log.join()).toContain('no disk');
  expect(acks.texts).toEqual([]);
});

test('a message of 20 MB', async () => {
  const { kept, spec } = keeper((batch) => batch.text.length);
  const { host } = await startedSink(spec);
  await (await host.sink()).send('ä'.repeat(10_000_000));
  await expect.poll(() => kept, { timeout: 5000 }).toEqual([10_000_000]);
});

test('start of one that runs takes its place on the same socket', async () => {
  const { kept, spec } = keeper((batch) => batch.text);
  const { host } = await startedSink(spec);
  await (await host.sink()).close();
  expect(await host.start('sink', 'snk')).toBe('ok');
  await (await host.sink()).send('again');
  await expect.poll(() => kept).toEqual(['again']);
});
