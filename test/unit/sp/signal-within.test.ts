import { getEventListeners, once } from 'node:events';
import { expect, test } from 'vitest';
import { signalWithin } from '../../../src/sp/deadline.ts';

test('aborts with the first of its signals, and its reason', () => {
  const [first, second] = [new AbortController(), new AbortController()];
  const signal = signalWithin(60_000, first.signal, second.signal);
  expect(signal.aborted).toBe(false);
  second.abort(new Error('second'));
  first.abort(new Error('first'));
  expect(signal.reason).toEqual(new Error('second'));
});

test('is aborted already when one of them is', () => {
  expect(signalWithin(60_000, AbortSignal.abort('gone')).reason).toBe('gone');
});

test('aborts when the time is over', async () => {
  const alive = setInterval(() => undefined, 1_000);
  const signal = signalWithin(1);
  if (!signal.aborted) await once(signal, 'abort');
  clearInterval(alive);
  expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
});

test('any number of them leaves nothing on a signal that lives long', () => {
  const long = new AbortController();
  for (let n = 0; n < 20; n += 1) signalWithin(60_000, long.signal);
  expect(getEventListeners(long.signal, 'abort')).toEqual([]);
});
