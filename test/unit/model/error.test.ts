import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import {
  EXIT,
  isAbort,
  isInterrupted,
  KpluginError,
  untilAborted,
} from '../../../src/model/error.ts';

function aborted(): AbortSignal {
  const controller = new AbortController();
  controller.abort();
  return controller.signal;
}

const failure = new KpluginError({
  code: 'host-refused',
  exit: EXIT.host,
  message: 'm',
  hint: 'h',
});

it.each<[string, (signal: AbortSignal) => unknown, boolean, boolean]>([
  ['its reason', (signal) => signal.reason, true, true],
  ['its reason as a cause', ({ reason }) => new Error('wait', { cause: reason }), true, true],
  ['the reason of another', () => aborted().reason, false, false],
  ['a failure that kplugin knows', () => failure, false, true],
  ['a bug', () => new TypeError('x is undefined'), false, false],
  ['no error at all', () => 'text', false, false],
])('after the abort: %s', (_name, thrown, abort, interrupted) => {
  const signal = aborted();
  expect([isAbort(thrown(signal), signal), isInterrupted(thrown(signal), signal)]).toEqual([
    abort,
    interrupted,
  ]);
});

it('a wait that was broken off counts, and nothing does before the abort', async () => {
  const controller = new AbortController();
  const waiting = delay(60_000, null, { signal: controller.signal }).catch((error) => error);
  expect(isInterrupted(failure, controller.signal)).toBe(false);
  controller.abort();
  expect(isAbort(await waiting, controller.signal)).toBe(true);
});

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
