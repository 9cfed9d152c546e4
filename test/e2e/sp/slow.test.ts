import { once } from 'node:events';
import { expect, test } from 'vitest';
import { listenPull } from '../../../src/sp/pull.ts';
import { dialPush, type PushSocket } from '../../../src/sp/push.ts';
import { describeOnUnixWith } from '../../toolchain/require.ts';
import { closing, socketPath } from '../../wire/sockets.ts';
import { IMPLEMENTATIONS, type Peer, type PeerCommand, startPeer } from './peer.ts';

const ROW = 10_000;
const ROWS = 2000;
/** What is under way, the operating system's buffers, and the peer's queue (128 rows in mangos). */
const BETWEEN = 4 * 1024 * 1024;

const row = (n: number) => `${n}`.padEnd(ROW);

for (const [name, find] of IMPLEMENTATIONS) {
  await describeOnUnixWith(`back-pressure with ${name}`, find, backPressure);
}

function backPressure(command: PeerCommand): void {
  test('its PULL, stopped as in a debugger, stops our PUSH, and gets every row when it goes on', async () => {
    const path = socketPath();
    const peer = await startPeer(command, 'pull', 'listen', path);
    const push = closing(await dialPush(path));
    peer.stop();
    let given = 0;
    const writing = offerRows(push, () => {
      given += 1;
    });
    await quiet(() => given);
    expect(given * ROW).toBeLessThan(BETWEEN);
    peer.resume();
    for (let n = 0; n < ROWS; n += 1) expect((await peer.receive()).toString()).toBe(row(n));
    await writing;
  });

  test('our PULL, when it does not go on, stops its PUSH', async () => {
    const path = socketPath();
    let goOn: () => void = () => undefined;
    const stopped = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let read = 0;
    const all = new EventTarget();
    const onMessage = async (body: Buffer) => {
      await stopped;
      expect(body.toString()).toBe(row(read));
      read += 1;
      if (read === ROWS) all.dispatchEvent(new Event('read'));
    };
    closing(await listenPull(path, { onMessage }));
    const peer = await startPeer(command, 'push', 'dial', path);
    let given = 0;
    const writing = giveRows(peer, () => {
      given += 1;
    });
    await quiet(() => given);
    expect(given * ROW).toBeLessThan(BETWEEN);
    expect(read).toBe(0);
    const done = once(all, 'read');
    goOn();
    await writing;
    await done;
  });
}

async function offerRows(push: PushSocket, given: () => void): Promise<void> {
  for (let n = 0; n < ROWS; n += 1) {
    const room = push.offer(row(n));
    given();
    if (room) await room;
  }
}

async function giveRows(peer: Peer, given: () => void): Promise<void> {
  for (let n = 0; n < ROWS; n += 1) {
    await peer.give(Buffer.from(row(n)));
    given();
  }
}

/** Resolves when the number has not changed for some thousand turns of the event loop. */
async function quiet(read: () => number): Promise<void> {
  let [last, same] = [read(), 0];
  while (same < 20_000) {
    await new Promise(setImmediate);
    same = read() === last ? same + 1 : 0;
    last = read();
  }
}
