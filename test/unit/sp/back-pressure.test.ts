import { expect, test } from 'vitest';
import { dialPull, listenPull } from '../../../src/sp/pull.ts';
import { dialPush, listenPush, type PushSocket } from '../../../src/sp/push.ts';
import { describeOnUnix } from '../../toolchain/require.ts';
import { calls, closing, socketPath } from '../../wire/sockets.ts';

const ROW = 1000;
const row = (n: number) => `${n}`.padEnd(ROW);

/**
 * What may lie between the two programs: the gathered 64 KiB, the operating system's buffer (some
 * 200 KiB), and what the reader has of the stream (two chunks of 64 KiB).
 */
const BETWEEN = 600 * 1024;

type OnRow = (body: Buffer) => void | Promise<void>;

const ends = {
  'PULL listens': async (path: string, onMessage: OnRow) => {
    closing(await listenPull(path, { onMessage }));
    return closing(await dialPush(path));
  },
  'PUSH listens': async (path: string, onMessage: OnRow) => {
    const push = closing(await listenPush(path));
    closing(await dialPull(path, { onMessage }));
    return push;
  },
};

/** Offers rows as fast as it is let, and tells after each how many it has given away. */
async function offerRows(push: PushSocket, count: number, given: (n: number) => void) {
  for (let n = 1; n <= count; n += 1) {
    const room = push.offer(row(n));
    given(n);
    if (room) await room;
  }
}

describeOnUnix('back-pressure', () => {
  test.each(Object.entries(ends))(
    '%s: a reader that takes its time never leaves more than a little in between',
    async (_name, open) => {
      let [given, read, most] = [0, 0, 0];
      const done = calls<undefined>();
      const push = await open(socketPath(), async (body) => {
        read += 1;
        expect(body.toString()).toBe(row(read));
        // Slower than the writer: a turn of the event loop for every few rows.
        if (read % 16 === 0) await new Promise(setImmediate);
        if (read === 10_000) done.on(undefined);
      });
      await offerRows(push, 10_000, (n) => {
        given = n;
        most = Math.max(most, given - read);
      });
      await done.nth(1);
      expect(given).toBe(10_000);
      expect(most * ROW).toBeLessThan(BETWEEN);
    },
  );

  test('a reader that stops stops the writer; when it goes on nothing is missing', async () => {
    const stopped = calls<() => void>();
    const all = calls<undefined>();
    let [given, read] = [0, 0];
    const path = socketPath();
    const push = await ends['PULL listens'](path, (body) => {
      read += 1;
      expect(body.toString()).toBe(row(read));
      if (read === 3000) all.on(undefined);
      return read === 1 ? new Promise<void>((resolve) => stopped.on(resolve)) : undefined;
    });
    const writing = offerRows(push, 3000, (n) => {
      given = n;
    });
    const goOn = await stopped.nth(1);
    await quiet(() => given);
    expect(read).toBe(1);
    expect(given).toBeLessThan(3000);
    expect(given * ROW).toBeLessThan(BETWEEN);
    goOn();
    await writing;
    await all.nth(1);
  });

  test('a peer that reads gets the rows that another one leaves', async () => {
    const path = socketPath();
    const push = closing(await listenPush(path));
    const [stuck, all] = [calls<undefined>(), calls<undefined>()];
    let [slow, fast] = [0, 0];
    const onSlow = () => {
      slow += 1;
      stuck.on(undefined);
      return new Promise<void>(() => undefined);
    };
    const onFast = () => {
      fast += 1;
      if (fast === 3000) all.on(undefined);
    };
    closing(await dialPull(path, { onMessage: onSlow }));
    closing(await dialPull(path, { onMessage: onFast }));
    offerRows(push, 4000, () => undefined).catch(() => undefined);
    await all.nth(1);
    expect(slow).toBe(1);
  });

  test('a loop that never waits in vain lets timers and others have their turn', async () => {
    const path = socketPath();
    const push = await ends['PULL listens'](path, () => undefined);
    let [ended, n] = [false, 0];
    const timer = setTimeout(() => {
      ended = true;
    }, 1);
    // Without turns of its own this loop would never see the end.
    while (!ended) {
      n += 1;
      const room = push.offer(row(n));
      await room;
    }
    clearTimeout(timer);
    expect(n).toBeGreaterThan(0);
  });
});

/** Resolves when the number has not changed for a hundred turns of the event loop. */
async function quiet(read: () => number): Promise<void> {
  let [last, same] = [read(), 0];
  while (same < 100) {
    await new Promise(setImmediate);
    same = read() === last ? same + 1 : 0;
    last = read();
  }
}
