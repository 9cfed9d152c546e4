import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type SourceContext, Stopped } from '../../../src/sdk/index.ts';
import { ScriptedHost } from './scripted-host.ts';
import { settled, startedSource } from './started-source.ts';

test('stop aborts, awaits close, and ends what emit and timers wait for', async () => {
  const seen: unknown[] = [];
  const { host, rows } = await startedSource({
    async open({ emit, signal }) {
      signal.addEventListener('abort', () => seen.push(signal.reason));
      await emit({});
      await sleep(60_000, null, { signal }).catch(() => seen.push('slept'));
      await emit({}).catch((error: unknown) => seen.push(error));
    },
    async close() {
      await sleep(5);
      seen.push('closed');
    },
  });
  await rows.atLeast(1);
  expect(await host.stop('source', 'src')).toBe('ok');
  expect(seen).toEqual([expect.any(Stopped), 'slept', expect.any(Stopped), 'closed']);
  expect(host.log.join()).not.toContain('failed');
});

test('an emit that waits for a host that is gone ends with the stop', async () => {
  const seen: unknown[] = [];
  let sent = 0;
  const { host, rows } = await startedSource({
    async open({ emit, signal }) {
      await emit({});
      while (!signal.aborted) {
        await emit({ text: 'x'.repeat(100_000) });
        sent += 1;
      }
    },
    close: () => void seen.push('closed'),
  });
  await rows.atLeast(1);
  await rows.close();
  await settled(() => sent);

  expect(await host.stop('source', 'src')).toBe('ok');
  expect(seen).toEqual(['closed']);
  expect(host.log.join()).not.toContain('still at work');
});

test('an emit that nobody awaits harms nobody after the stop', async () => {
  let emit: SourceContext['emit'] = async () => undefined;
  const { host } = await startedSource({
    open(context) {
      emit = context.emit;
    },
  });
  expect(await host.stop('source', 'src')).toBe('ok');
  void emit({});
  await expect(emit({})).rejects.toThrow(Stopped);
});

test('start of one that runs stops the old one first', async () => {
  const seen: string[] = [];
  let made = 0;
  const { host } = await startedSource(() => {
    made += 1;
    const name = `${made}`;
    return {
      open: () => void seen.push(`open ${name}`),
      close: () => void seen.push(`close ${name}`),
    };
  });
  expect(await host.start('source', 'src')).toBe('ok');
  await expect.poll(() => seen).toEqual(['open 1', 'close 1', 'open 2']);
});

test('a close that never ends holds the host up for the limit only; one that throws is logged', async () => {
  const { host } = await startedSource({
    open: () => undefined,
    close: () => new Promise(() => undefined),
  });
  expect(await host.stop('source', 'src')).toBe('ok');
  expect(host.log.join()).toContain('still at work');
  const second = await startedSource({
    open: () => undefined,
    close: () => {
      throw new Error('cannot close');
    },
  });
  expect(await second.host.stop('source', 'src')).toBe('ok');
  expect(second.host.log.join()).toContain('cannot close');
});

test('the end of the plugin stops what runs', async () => {
  const host = new ScriptedHost();
  let closed = 0;
  const source = {
    open: () => undefined,
    close: () => {
      closed += 1;
    },
  };
  const plugin = await host.run({ name: 'ends', sources: { source } });
  await host.rows();
  expect(await host.start('source', 'source')).toBe('ok');
  await plugin.stop();
  await plugin.stop();
  expect(closed).toBe(1);
  expect(host.log.join()).not.toContain('dialling again');
});
