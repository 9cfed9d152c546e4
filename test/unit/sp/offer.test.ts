import { expect, test } from 'vitest';
import { ConnectionClosed } from '../../../src/sp/errors.ts';
import { dialPull, listenPull } from '../../../src/sp/pull.ts';
import { dialPush, listenPush } from '../../../src/sp/push.ts';
import { describeOnUnix } from '../../toolchain/require.ts';
import { calls, closing, socketPath } from '../../wire/sockets.ts';

describeOnUnix('offer and onMessage', () => {
  test('rows of every kind and length arrive whole and in order', async () => {
    const path = socketPath();
    const rows = calls<string>();
    closing(await listenPull(path, { onMessage: (body) => rows.on(body.toString()) }));
    const push = closing(await dialPush(path));
    const bodies = Array.from({ length: 3000 }, (_, i) =>
      ['', 'ä€😀', `{"n":${i}}`, 'x'.repeat(i * 50), 'é'.repeat(i * 40)][i % 5]?.slice(0, 120_000),
    ).map((body = '') => body);
    bodies.push('long '.repeat(400_000), 'last');
    for (const [i, body] of bodies.entries()) {
      const wait = push.offer(i % 2 === 0 ? body : Buffer.from(body));
      if (wait) await wait;
    }
    await rows.nth(bodies.length);
    for (const [i, body] of bodies.entries()) expect((await rows.nth(i + 1)) === body).toBe(true);
  });

  test('without a peer it holds the message, and the promise waits for one', async () => {
    const path = socketPath();
    const push = closing(await listenPush(path));
    const room = push.offer('row');
    expect(room).toBeInstanceOf(Promise);
    const pull = closing(await dialPull(path));
    await room;
    for await (const body of pull) {
      expect(body.toString()).toBe('row');
      break;
    }
  });

  test('flush waits until all of it was taken; close gives up what was not', async () => {
    const path = socketPath();
    const push = await listenPush(path);
    push.offer('row');
    const refusal = expect(push.flush()).rejects.toThrow(ConnectionClosed);
    await push.close();
    await refusal;
    expect(() => push.offer('x')).toThrow(ConnectionClosed);
  });
});
