import { getEventListeners, once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Deadline, signalWithin } from '../../../src/sp/deadline.ts';

describe('Deadline', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('passes at its time, not again, and never once cleared', () => {
    const passed = vi.fn();
    const deadline = new Deadline(passed);
    deadline.set(100);
    vi.advanceTimersByTime(99);
    expect(passed).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2);
    expect(passed).toHaveBeenCalledTimes(1);
    deadline.set(100);
    deadline.clear();
    vi.advanceTimersByTime(1000);
    expect(passed).toHaveBeenCalledTimes(1);
  });

  test('one timer serves many waits that end before their time', () => {
    const passed = vi.fn();
    const deadline = new Deadline(passed);
    for (let n = 0; n < 50; n += 1) {
      deadline.set(100);
      expect(vi.getTimerCount()).toBe(1);
      vi.advanceTimersByTime(10);
      deadline.clear();
    }
    expect(passed).not.toHaveBeenCalled();
    deadline.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('an earlier time takes the place of a later one', () => {
    const passed = vi.fn();
    const deadline = new Deadline(passed);
    deadline.set(1000);
    deadline.set(10);
    vi.advanceTimersByTime(11);
    expect(passed).toHaveBeenCalledTimes(1);
  });
});

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
