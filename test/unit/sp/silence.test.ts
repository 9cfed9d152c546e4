import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { MessageTooLong, ProtocolError } from '../../../src/sp/errors.ts';
import { hello, messageHeader, PROTOCOL } from '../../../src/sp/frame.ts';
import { dialPull, listenPull } from '../../../src/sp/pull.ts';
import { dialPush } from '../../../src/sp/push.ts';
import { listenReplyQueue } from '../../../src/sp/reply-queue.ts';
import { describeOnUnix } from '../../toolchain/require.ts';
import { calls, closing, rawPeer, socketPath } from '../../wire/sockets.ts';

const MIB = 1024 * 1024;

/** A PULL that is impatient, and what it was told and got. */
async function impatient(timeoutsMs = 20) {
  const path = socketPath();
  const [went, rows] = [calls<Error | null>(), calls<string>()];
  closing(
    await listenPull(path, {
      helloTimeoutMs: timeoutsMs,
      silenceTimeoutMs: timeoutsMs,
      onDisconnect: went.on,
      onMessage: (body) => rows.on(body.toString()),
    }),
  );
  return { path, went, rows };
}

describeOnUnix('a peer that says nothing', () => {
  test('is dropped when it never says hello, and others are served', async () => {
    const { path, rows } = await impatient();
    const silent = await rawPeer(path);
    const slow = await rawPeer(path, hello(PROTOCOL.push).subarray(0, 7));
    expect(await silent.received).toEqual(hello(PROTOCOL.pull));
    await slow.received;
    const push = closing(await dialPush(path));
    push.offer('row');
    expect(await rows.nth(1)).toBe('row');
  });

  test('is not called silent for what lay unread while this process stood still', async () => {
    const { path, rows } = await impatient(500);
    const raw = await rawPeer(path);
    // The other side has accepted.
    await once(raw.socket, 'data');
    raw.socket.write(Buffer.concat([hello(PROTOCOL.push), messageHeader(3), Buffer.from('row')]));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600);
    expect(await rows.nth(1)).toBe('row');
  });

  test('is left by a dialler, which dials again', async () => {
    const path = socketPath();
    let dialled = 0;
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      dialled += 1;
      if (dialled === 2) socket.write(hello(PROTOCOL.push));
    });
    closing(server.listen(path));
    await once(server, 'listening');
    closing(await dialPull(path, { helloTimeoutMs: 20, firstDelayMs: 1 }));
    expect(dialled).toBe(2);
  });

  test('may be silent for long between messages, and within a short one', async () => {
    const { path, rows } = await impatient();
    const raw = await rawPeer(path, hello(PROTOCOL.push), messageHeader(4), Buffer.from('ha'));
    const timer = await rawPeer(path);
    // The other one's hello time is over, and so is this one's time of silence.
    await timer.received;
    raw.socket.write('lf');
    expect(await rows.nth(1)).toBe('half');
  });

  test('is dropped within a long message, also when it was silent before', async () => {
    const { path, went } = await impatient();
    const raw = await rawPeer(path, hello(PROTOCOL.push));
    const timer = await rawPeer(path);
    await timer.received;
    raw.socket.write(messageHeader(2 * MIB));
    raw.socket.write(Buffer.alloc(MIB));
    expect(String(await went.nth(1))).toContain('stopped in the middle of a message');
    await raw.received;
  });
});

describe('what a peer announces', () => {
  test('takes no memory before it comes, whatever a hundred of them claim', async () => {
    const path = socketPath();
    const came = calls<undefined>();
    closing(await listenPull(path, { onConnect: () => came.on(undefined) }));
    const before = process.memoryUsage().arrayBuffers;
    for (let n = 1; n <= 100; n += 1) {
      await rawPeer(path, hello(PROTOCOL.push), messageHeader(2 ** 31), Buffer.from('x'));
    }
    await came.nth(100);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * MIB);
  });

  test.each([
    [2n ** 60n, 4294967295, {}],
    [101n, 100, { maxMessageBytes: 100 }],
  ])('closes the connection when it is too long: %d bytes', async (bytes, limit, limits) => {
    const path = socketPath();
    const went = calls<Error | null>();
    closing(await listenPull(path, { ...limits, onDisconnect: went.on }));
    const raw = await rawPeer(path, hello(PROTOCOL.push), messageHeader(Number(bytes)));
    await raw.received;
    const reason = await went.nth(1);
    expect(reason).toBeInstanceOf(MessageTooLong);
    expect(reason).toBeInstanceOf(ProtocolError);
    expect(reason).toMatchObject({ bytes, limit });
    expect(reason?.message).toBe(`a message of ${bytes} bytes, more than the ${limit} accepted`);
  });

  test('is checked for requests as well', async () => {
    const path = socketPath();
    const went = calls<Error | null>();
    closing(await listenReplyQueue(path, { maxMessageBytes: 10, onDisconnect: went.on }));
    await rawPeer(path, hello(PROTOCOL.req), messageHeader(11));
    expect(await went.nth(1)).toBeInstanceOf(MessageTooLong);
  });
});
