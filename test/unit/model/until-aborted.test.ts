import { expect, it } from 'vitest';
import { untilAborted } from '../../../src/model/error.ts';

const never = new Promise<never>(() => undefined);

it('is the work where nothing ends it', async () => {
  const { signal } = new AbortController();
  expect(await untilAborted(signal, Promise.resolve(7))).toBe(7);
  await expect(untilAborted(signal, Promise.reject(new Error('broken')))).rejects.toThrow('broken');
});

it('ends with the signal, also with one that was given before', async () => {
  const controller = new AbortController();
  const waiting = untilAborted(controller.signal, never);
  controller.abort();
  await expect(waiting).rejects.toBe(controller.signal.reason);
  await expect(untilAborted(controller.signal, never)).rejects.toBe(controller.signal.reason);
});
