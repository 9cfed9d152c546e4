import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ConnectionClosed } from '../../../src/sp/errors.ts';
import { dialPull, listenPull } from '../../../src/sp/pull.ts';
import { dialPush, listenPush } from '../../../src/sp/push.ts';
import { describeOnUnix } from '../../toolchain/require.ts';
import { calls, closing, socketPath } from '../../wire/sockets.ts';

const ignore = () => undefined;

describeOnUnix('offer and onMessage', () => {
  test('rows of every kind and length arrive whole and in order', async () => {
    const path = socketPath();
    const rows = calls<string>();
    closing(await listenPull(path, { onMessage: (body) => rows.on(body.toString()) }));
    const push = closing(await dialPush(path));
    const bodies = Array.from(
      { length: 600 },
      (_, i) => ['', 'ä€😀', `{"n":${i}}`, 'x'.repeat(i * 250), 'é'.repeat(i * 200)][i % 5],
    ).map((body = '') => body);
    bodies.push('long '.repeat(400_000), 'last');
    for (const [i, body] of bodies.entries()) {
      const wait = push.offer(i % 2 === 0 ? body : Buffer.from(body));
      if (wait) await wait;
    }
    await rows.nth(bodies.length);
    for (const [i, body] of bodies.entries()) expect((await rows.nth(i + 1)) === body).toBe(true);
  });

  test('any bodies, offered or sent, come out as they went in', async () => {
    const path = socketPath();
    const seen: Buffer[] = [];
    let whole: { readonly count: number; readonly done: () => void } = { count: 0, done: ignore };
    const onMessage = (body: Buffer) => {
      seen.push(body);
      if (seen.length === whole.count) whole.done();
    };
    closing(await listenPull(path, { onMessage }));
    const push = closing(await dialPush(path));
    // Around the lengths at which a text or bytes take another way out.
    const length = fc.oneof(
      fc.nat({ max: 50 }),
      fc.constantFrom(21_840, 21_842, 32_767, 32_768, 65_520, 65_536, 349_520, 349_530),
    );
    const filler = fc.constantFrom('x', 'é', '€', '😀', '\ud800');
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.tuple(filler, length).map(([unit, times]) => unit.repeat(times)),
    );
    const message = fc.record({ text, bytes: fc.boolean(), way: fc.constantFrom('offer', 'send') });
    await fc.assert(
      fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 20 }), async (messages) => {
        seen.length = 0;
        const done = new Promise<void>((resolve) => {
          whole = { count: messages.length, done: resolve };
        });
        const given = messages.map((one) => Buffer.from(one.text));
        for (const [i, one] of messages.entries()) {
          const body = one.bytes ? (given[i] ?? '') : one.text;
          await (one.way === 'offer' ? push.offer(body) : push.send(body));
        }
        await done;
        expect(seen.every((body, i) => body.equals(given[i] ?? Buffer.alloc(1)))).toBe(true);
      }),
      { numRuns: 25 },
    );
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

  test('flush waits until all of it was taken; close abandons what was not', async () => {
    const path = socketPath();
    const push = await listenPush(path);
    push.offer('row');
    const refusal = expect(push.flush()).rejects.toThrow(ConnectionClosed);
    await push.close();
    await refusal;
    expect(() => push.offer('x')).toThrow(ConnectionClosed);
  });
});
