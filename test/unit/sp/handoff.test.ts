import { describe, expect, test } from 'vitest';
import { Handoff } from '../../../src/sp/pull.ts';

describe('Handoff', () => {
  test('a producer waits until its value was taken', async () => {
    const handoff = new Handoff<number>();
    const events: string[] = [];
    const put = handoff.put(1).then(() => events.push('taken'));
    await Promise.resolve();
    events.push('before the consumer');
    for await (const value of handoff) {
      events.push(`got ${value}`);
      break;
    }
    await put;
    expect(events).toEqual(['before the consumer', expect.anything(), expect.anything()]);
    expect(events.slice(1).sort()).toEqual(['got 1', 'taken']);
  });

  test('values come in order, and leaving the loop loses none', async () => {
    const handoff = new Handoff<number>();
    void handoff.put(1);
    void handoff.put(2);
    const seen: number[] = [];
    for await (const value of handoff) {
      seen.push(value);
      break;
    }
    for await (const value of handoff) {
      seen.push(value);
      break;
    }
    expect(seen).toEqual([1, 2]);
  });

  test('end wakes a waiting consumer and lets every producer go', async () => {
    const handoff = new Handoff<number>();
    const consumer = handoff[Symbol.asyncIterator]().next();
    handoff.end();
    expect(await consumer).toEqual({ done: true, value: undefined });
    await expect(handoff.put(1)).resolves.toBeUndefined();
  });

  test('end drops what nobody took', async () => {
    const handoff = new Handoff<number>();
    const put = handoff.put(1);
    handoff.end();
    await put;
    expect(await handoff[Symbol.asyncIterator]().next()).toEqual({ done: true, value: undefined });
  });
});
