import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { defineSource } from '../../../src/sdk/index.ts';
import { callFunction, collectRows, feedSink } from '../../../src/sdk/testing.ts';

test('collectRows: the first rows of an endless source, stopped as eKuiper would', async () => {
  let closed = false;
  const rows = await collectRows(
    () =>
      defineSource({
        configure: ({ step }) => Number(step),
        async open({ config, emit, signal, dataSource }) {
          for (let n = 0; ; n += 1) {
            await emit({ n: n * config, dataSource, skipped: undefined }, n > 0 ? { n } : null);
            await sleep(1, null, { signal });
          }
        },
        close: () => {
          closed = true;
        },
      }),
    { count: 2, config: { step: 5 }, dataSource: 't' },
  );
  expect(rows).toEqual([
    { row: { n: 0, dataSource: 't' }, meta: null },
    { row: { n: 5, dataSource: 't' }, meta: { n: 1 } },
  ]);
  expect(closed).toBe(true);
});

test('collectRows: all rows of a source that ends, and of a timer when there is a count', async () => {
  expect(await collectRows({ open: ({ emit }) => emit({ a: 1 }) })).toHaveLength(1);
  let timer: NodeJS.Timeout | undefined;
  const source = {
    open({ emit }: { emit: (row: object) => Promise<void> }) {
      timer = setInterval(() => void emit({}).catch(() => undefined), 1);
    },
    close: () => clearInterval(timer),
  };
  expect(await collectRows(source, { count: 3 })).toHaveLength(3);
});

test('collectRows throws what the source throws or reports', async () => {
  const fail = () => {
    throw new Error('no');
  };
  await expect(collectRows({ open: fail })).rejects.toThrow('no');
  await expect(collectRows({ configure: fail, open: () => undefined })).rejects.toThrow('no');
  await expect(collectRows({ open: () => undefined, close: fail })).rejects.toThrow('no');
  const reporting = collectRows({ open: ({ emitError }) => emitError(new Error('told')) });
  await expect(reporting).rejects.toThrow('told');
});

test('collectRows: stopped by the signal of the test', async () => {
  const stop = new AbortController();
  const rows = collectRows(
    {
      async open({ emit, signal }) {
        await emit({});
        stop.abort();
        await sleep(60_000, null, { signal });
      },
    },
    { signal: stop.signal },
  );
  expect(await rows).toHaveLength(1);
});

test('feedSink: an acknowledgement for each batch', async () => {
  const seen: unknown[] = [];
  const acks = await feedSink(
    {
      collect({ rows, json }, { config }) {
        if (json === undefined) throw new Error('no JSON');
        seen.push(rows, config['path']);
      },
    },
    { config: { path: 'p' }, batches: [[{ a: 1 }], 'text', Buffer.from('{"a":2}')] },
  );
  expect(acks).toEqual([null, 'no JSON', null]);
  expect(seen).toEqual([[{ a: 1 }], 'p', [{ a: 2 }], 'p']);
});

test('callFunction: the result as eKuiper gets it', async () => {
  expect(await callFunction(([a]) => ({ a, gone: undefined }), [1])).toEqual({ a: 1 });
  expect(await callFunction(async () => new Uint8Array([1]), [])).toBe('AQ==');
  const failing = callFunction({ exec: () => Promise.reject(new Error('no')) }, []);
  await expect(failing).rejects.toThrow('no');
});
