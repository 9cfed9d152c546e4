import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Deadline } from '../../../src/sp/deadline.ts';

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
