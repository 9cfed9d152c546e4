import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type Config, type Source, type SourceContext, settings } from '../../../src/sdk/index.ts';
import { RULE, ScriptedHost } from './scripted-host.ts';
import { settled, startedSource } from './started-source.ts';

test('rows and their meta arrive in order, as eKuiper reads them', async () => {
  const { rows } = await startedSource({
    async open({ emit }) {
      await emit({ n: 1, text: 'ü"' });
      await emit({ n: 2 }, { topic: 't' });
      await emit({ n: 3 }, null);
    },
  });
  expect(await rows.atLeast(3)).toEqual([
    '{"message":{"n":1,"text":"ü\\""},"meta":null}',
    '{"message":{"n":2},"meta":{"topic":"t"}}',
    '{"message":{"n":3},"meta":null}',
  ]);
});

test('configure types the configuration; the context has all the rest', async () => {
  class Typed implements Source<{ every: number }> {
    configure(config: Config) {
      return { every: settings(config).number('everyMs') };
    }
    async open({ config, rule, dataSource, emit }: SourceContext<{ every: number }>) {
      await emit({ ...config, ...rule, dataSource });
    }
  }
  const { rows } = await startedSource(Typed, { config: { everyms: 5, datasource: 'topic/2' } });
  const [text = ''] = await rows.atLeast(1);
  expect(JSON.parse(text).message).toEqual({ every: 5, ...RULE, dataSource: 'topic/2' });
});

test.each([
  [{ dataSource: 'old' }, 'old'],
  [{ dataSource: 'old', config: { datasource: 'new' } }, 'old'],
  [{ config: { datasource: 'new' } }, 'new'],
  [{}, ''],
  [{ config: null, dataSource: 7 }, ''],
])('the data source of %j', async (control, expected) => {
  const { rows } = await startedSource(
    { open: ({ emit, dataSource }) => emit({ dataSource }) },
    control,
  );
  expect(await rows.atLeast(1)).toEqual([`{"message":{"dataSource":"${expected}"},"meta":null}`]);
});

test('a source whose open has returned may go on with a timer', async () => {
  let timer: NodeJS.Timeout | undefined;
  const { host, rows } = await startedSource({
    open({ emit }) {
      timer = setInterval(() => void emit({}), 1);
    },
    close: () => clearInterval(timer),
  });
  await rows.atLeast(3);
  expect(await host.stop('source', 'src')).toBe('ok');
  expect(timer?.hasRef()).toBe(true);
});

test('a source that throws is logged with its stack, reported, closed and gone; the plugin goes on', async () => {
  let closed = 0;
  const { host, rows } = await startedSource({
    async open({ emit }) {
      await emit({ n: 1 });
      throw new Error('line is cut');
    },
    close: () => {
      closed += 1;
    },
  });
  // A JSON text in a JSON text, as the Go SDK: eKuiper 2.x reports what it cannot read.
  expect((await rows.atLeast(2))[1]).toBe('"{\\"error\\":\\"line is cut\\"}"');
  await expect.poll(() => closed).toBe(1);
  expect(host.log.join()).toContain('source.test.ts');
  expect(await host.stop('source', 'src')).toBe('ok');
  expect(closed).toBe(1);
});

test('emitError reports and goes on', async () => {
  const { rows } = await startedSource({
    async open({ emit, emitError }) {
      await emitError(new Error('once'));
      await emit({ n: 1 });
    },
  });
  expect(await rows.atLeast(2)).toEqual([
    '"{\\"error\\":\\"once\\"}"',
    '{"message":{"n":1},"meta":null}',
  ]);
});

test.each([
  [[1], /object/],
  [{ n: 10n }, /BigInt/],
  [new Date(0), /object/],
  [() => 1, /object/],
])('emit refuses what is no JSON object: %#', async (row, message) => {
  const { rows } = await startedSource({
    async open({ emit }) {
      await expect(emit(row)).rejects.toThrow(message);
      await expect(emit({}, [])).rejects.toThrow(TypeError);
      await emit({ after: true });
    },
  });
  expect(await rows.atLeast(1)).toEqual(['{"message":{"after":true},"meta":null}']);
});

test('a host that does not read slows the source down, and gets every row in the end', async () => {
  const host = new ScriptedHost();
  let sent = 0;
  const flood: Source = {
    async open({ emit, signal }) {
      const text = 'x'.repeat(10_000);
      while (!signal.aborted) {
        await emit({ n: sent, text });
        sent += 1;
      }
    },
  };
  await host.run({ name: 'flood', sources: { flood } });
  let release: () => void = () => undefined;
  const rows = await host.rows(
    RULE,
    '',
    () =>
      new Promise<void>((go) => {
        release = go;
      }),
  );
  expect(await host.start('source', 'flood')).toBe('ok');
  await rows.atLeast(1);
  const stuck = await settled(() => sent);
  expect(stuck).toBeLessThan(500);
  rows.onMessage = () => undefined;
  release();
  await rows.atLeast(stuck + 100);
  const numbers = rows.texts.map((text) => JSON.parse(text).message.n);
  expect(numbers).toEqual(numbers.map((_, index) => index));
  expect(await host.stop('source', 'flood')).toBe('ok');
});

test('a connection that the host closes is told in the log, and made again', async () => {
  const { host, rows } = await startedSource({
    async open({ emit, signal }) {
      for (let n = 0; !signal.aborted; n += 1) {
        await emit({ n });
        await sleep(1);
      }
    },
  });
  await rows.atLeast(1);
  await rows.close();
  const again = await host.rows();
  await again.atLeast(3);
  await expect.poll(() => host.log.join()).toContain('the host has closed the connection');
  expect(await host.stop('source', 'src')).toBe('ok');
});

test('several instances of one class, each with its own state', async () => {
  class Own {
    #n = 0;
    async open({ emit, rule, config }: SourceContext) {
      this.#n += 1;
      await emit({ n: this.#n, rule: rule.ruleId, instance: rule.instanceId, ...config });
    }
  }
  const host = new ScriptedHost();
  await host.run({ name: 'many', sources: { own: Own } });
  const rules = [
    RULE,
    { ...RULE, instanceId: 1 },
    { ...RULE, ruleId: 'r2' },
    { ...RULE, opId: 'op2' },
  ];
  for (const [c, meta] of rules.entries()) {
    const rows = await host.rows(meta);
    expect(await host.start('source', 'own', { meta, config: { c } })).toBe('ok');
    const [text = ''] = await rows.atLeast(1);
    expect(JSON.parse(text).message).toEqual({
      n: 1,
      rule: meta.ruleId,
      instance: meta.instanceId,
      c,
    });
  }
  for (const meta of rules) expect(await host.stop('source', 'own', { meta })).toBe('ok');
});
