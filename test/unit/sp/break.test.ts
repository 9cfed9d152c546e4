import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { ConnectionClosed } from '../../../src/sp/errors.ts';
import { FrameDecoder, hello, PROTOCOL } from '../../../src/sp/frame.ts';
import { dialPush } from '../../../src/sp/push.ts';
import { describeOnUnix } from '../../toolchain/require.ts';
import { calls, closing, socketPath } from '../../wire/sockets.ts';

const LAST = 'last';

/** A PULL of few words: says hello, reads when told, and hands over the bare sockets. */
async function barePull() {
  const path = socketPath();
  const sockets = calls<Socket>();
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    socket.on('error', () => undefined);
    socket.write(hello(PROTOCOL.pull));
    sockets.on(socket);
  });
  closing(server.listen(path));
  await once(server, 'listening');
  return { path, sockets };
}

/** The messages on that connection until the last one. */
function read(socket: Socket): Promise<string[]> {
  const decoder = new FrameDecoder();
  const texts: string[] = [];
  let greeted = false;
  return new Promise((resolve) => {
    socket.on('data', (chunk) => {
      decoder.feed(chunk);
      greeted ||= decoder.hello() !== null;
      if (!greeted) return;
      for (let body = decoder.next(); body !== null; body = decoder.next()) {
        texts.push(body.toString());
      }
      if (texts.at(-1) === LAST) resolve(texts);
    });
    socket.resume();
  });
}

describeOnUnix('when a connection breaks', () => {
  test('what was gathered and not yet written goes to the next one, in order', async () => {
    const { path, sockets } = await barePull();
    const push = closing(await dialPush(path, { firstDelayMs: 1 }));
    (await sockets.nth(1)).destroy();
    const rows = [...Array.from({ length: 500 }, (_, i) => `row ${i}`), LAST];
    for (const row of rows) push.offer(row);
    expect(await read(await sockets.nth(2))).toEqual(rows);
  });

  test('what was sent and refused by the operating system is sent on the next one', async () => {
    const { path, sockets } = await barePull();
    const push = closing(await dialPush(path, { firstDelayMs: 1 }));
    (await sockets.nth(1)).destroy();
    const [short, long] = [push.send('short'), push.send('x'.repeat(100_000))];
    const last = push.send(LAST);
    const texts = await read(await sockets.nth(2));
    await Promise.all([short, long, last]);
    expect(texts.map((text) => text.length)).toEqual([5, 100_000, 4]);
  });

  test('only one write is lost, and what the peer had not read: nothing twice, nothing in between', async () => {
    const { path, sockets } = await barePull();
    const push = closing(await dialPush(path, { firstDelayMs: 1 }));
    const silent = await sockets.nth(1);
    let count = 0;
    const row = () => `${count} `.padEnd(1000, '.');
    let room = push.offer(row());
    // Until it is stuck: a promise that does not resolve in a turn of its own.
    for (count = 1; !(await stuck(room)); count += 1) room = push.offer(row());
    for (const end = count + 100; count < end; count += 1) push.offer(row());
    silent.destroy();
    push.offer(LAST);
    const texts = await read(await sockets.nth(2));
    expect(texts.pop()).toBe(LAST);
    const numbers = texts.map((text) => Number.parseInt(text, 10));
    const first = numbers[0] ?? 0;
    expect(numbers).toEqual(Array.from({ length: count - first }, (_, i) => first + i));
    expect(numbers.length).toBeGreaterThanOrEqual(100);
  });

  test('a message that was under way is told to have been lost', async () => {
    const { path, sockets } = await barePull();
    const push = closing(await dialPush(path, { firstDelayMs: 1 }));
    const silent = await sockets.nth(1);
    const lost = expect(push.send('x'.repeat(5_000_000))).rejects.toThrow(ConnectionClosed);
    await new Promise(setImmediate);
    silent.destroy();
    await lost;
    await push.send(LAST);
    expect(await read(await sockets.nth(2))).toEqual([LAST]);
  });
});

/** True when the promise is still open after two turns of the event loop. */
async function stuck(room: Promise<void> | null): Promise<boolean> {
  if (room === null) return false;
  const later = new Promise((resolve) => setImmediate(() => setImmediate(resolve, true)));
  return (await Promise.race([room, later])) === true;
}
