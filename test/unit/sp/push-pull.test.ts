import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ConnectionClosed, DialFailed, ProtocolError } from '../../../src/sp/errors.ts';
import { hello, messageHeader, PROTOCOL } from '../../../src/sp/frame.ts';
import { dialPull, listenPull } from '../../../src/sp/pull.ts';
import { dialPush, listenPush } from '../../../src/sp/push.ts';
import { describeOnUnix } from '../../toolchain/require.ts';
import { calls, closing, rawPeer, socketPath } from '../../wire/sockets.ts';

async function take(source: AsyncIterable<Buffer>, count: number): Promise<string[]> {
  const texts: string[] = [];
  for await (const body of source) {
    texts.push(body.toString());
    if (texts.length === count) break;
  }
  return texts;
}

const ends = {
  'PULL listens': async (path: string) => {
    const pull = closing(await listenPull(path));
    return { pull, push: closing(await dialPush(path)) };
  },
  'PUSH listens': async (path: string) => {
    const push = closing(await listenPush(path));
    return { push, pull: closing(await dialPull(path)) };
  },
};

describeOnUnix('PUSH and PULL', () => {
  test.each(Object.entries(ends))('%s: messages arrive whole and in order', async (_name, open) => {
    const { push, pull } = await open(socketPath());
    const bodies = ['', 'one', 'x'.repeat(200_000), '{"d":0}', 'last'];
    const sent = Promise.all(bodies.map((body) => push.send(body)));
    expect(await take(pull, bodies.length)).toEqual(bodies);
    await sent;
  });

  test.each(Object.entries(ends))(
    '%s: a full socket makes the sender wait',
    async (_name, open) => {
      const { push, pull } = await open(socketPath());
      const row = 'x'.repeat(5_000_000);
      // One may lie with the receiver, the next is stuck half-way: nobody takes them.
      const stuck = Promise.all([push.send(row), push.send(row)]);
      await expect(push.send('never', AbortSignal.timeout(50))).rejects.toThrow('timeout');
      expect(await take(pull, 2)).toEqual([row, row]);
      await stuck;
    },
  );

  test('without a peer the sender waits for one, or until its signal', async () => {
    const path = socketPath();
    const push = closing(await listenPush(path));
    const stop = new AbortController();
    const impatient = push.send('never', stop.signal);
    const patient = push.send('row');
    stop.abort(new Error('enough'));
    await expect(impatient).rejects.toThrow('enough');
    const pull = closing(await dialPull(path));
    expect(await take(pull, 1)).toEqual(['row']);
    await patient;
  });

  test('rows of several sources come through one PULL', async () => {
    const path = socketPath();
    const pull = closing(await listenPull(path));
    const pushes = await Promise.all([dialPush(path), dialPush(path), dialPush(path)]);
    for (const [i, push] of pushes.entries()) void closing(push).send(`from ${i}`);
    expect((await take(pull, 3)).sort()).toEqual(['from 0', 'from 1', 'from 2']);
  });

  test('a message goes to one of the peers, none is sent to a peer that left', async () => {
    const path = socketPath();
    const went = calls<null | Error>();
    const push = closing(await listenPush(path, { onDisconnect: went.on }));
    const [left, stays] = [await dialPull(path), closing(await dialPull(path))];
    await left.close();
    await went.nth(1);
    await push.send('a');
    await push.send('b');
    expect(await take(stays, 2)).toEqual(['a', 'b']);
  });

  test('a dialled PUSH goes on with the listener that comes back', async () => {
    const path = socketPath();
    const first = await listenPull(path);
    const [went, came] = [calls<null | Error>(), calls<undefined>()];
    const push = closing(
      await dialPush(path, { onDisconnect: went.on, onConnect: () => came.on(undefined) }),
    );
    await first.close();
    await went.nth(1);
    const again = closing(await listenPull(path));
    const sent = push.send('row');
    expect(await take(again, 1)).toEqual(['row']);
    await sent;
  });

  test('what a peer sent before it left is delivered before its leaving is told', async () => {
    const path = socketPath();
    const events: string[] = [];
    const went = calls<null | Error>();
    const onMessage = async (body: Buffer) => {
      await new Promise(setImmediate);
      events.push(body.toString());
    };
    const onDisconnect = (reason: Error | null) => {
      events.push('gone');
      went.on(reason);
    };
    closing(await listenPull(path, { onMessage, onDisconnect }));
    const rows = Array.from({ length: 50 }, (_, i) => Buffer.from(`row ${i}`));
    const frames = rows.flatMap((row) => [messageHeader(row.length), row]);
    const raw = await rawPeer(path, Buffer.concat([hello(PROTOCOL.push), ...frames]));
    raw.socket.end();
    expect(await went.nth(1)).toBeNull();
    expect(events).toEqual([...rows.map(String), 'gone']);
  });

  test('close ends the loop and the waiting sender, and removes the socket file', async () => {
    const path = socketPath();
    const pull = await listenPull(path);
    const loop = take(pull, 1);
    await pull.close();
    expect(await loop).toEqual([]);
    expect(existsSync(path)).toBe(false);

    const push = await listenPush(path);
    const refusal = expect(push.send('x')).rejects.toThrow(ConnectionClosed);
    await push.close();
    await refusal;
    await expect(push.send('x')).rejects.toThrow(ConnectionClosed);
    await expect(dialPull(path, { signal: AbortSignal.abort() })).rejects.toThrow(DialFailed);
  });

  test('a peer that sends to a PUSH socket is dropped', async () => {
    const path = socketPath();
    const went = calls<null | Error>();
    closing(await listenPush(path, { onDisconnect: went.on }));
    await rawPeer(path, hello(PROTOCOL.pull), messageHeader(0));
    expect(await went.nth(1)).toBeInstanceOf(ProtocolError);
  });
});
