import { expect, onTestFinished, test } from 'vitest';
import { dialPull, listenPull } from '../../../src/sp/pull.ts';
import { dialPush, listenPush, type PushSocket } from '../../../src/sp/push.ts';
import { dialRequest, listenRequest } from '../../../src/sp/request.ts';
import { dialReply, listenReply, type Request } from '../../fixtures/reply-socket.ts';
import { describeOnUnixWith } from '../../toolchain/require.ts';
import { calls, closing, socketPath } from '../../wire/sockets.ts';
import { IMPLEMENTATIONS, type PeerCommand, startPeer } from './peer.ts';

const BODIES = [
  Buffer.alloc(0),
  Buffer.from('handshake'),
  Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
  Buffer.alloc(65_536, 'row '),
  Buffer.alloc(20_000_000, 'long '),
];

for (const [name, find] of IMPLEMENTATIONS) {
  await describeOnUnixWith(`REQ and REP with ${name}`, find, requestsAndReplies);
  await describeOnUnixWith(`PUSH and PULL with ${name}`, find, pushAndPull);
}

function requestsAndReplies(command: PeerCommand): void {
  test.each(['listen', 'dial'] as const)('our REP answers its REQ (%s)', async (way) => {
    const path = socketPath();
    const requests = calls<Request>();
    const options = { onRequest: requests.on };
    if (way === 'dial') closing(await listenReply(path, options));
    const peer = await startPeer(command, 'req', way, path);
    if (way === 'listen') closing(await dialReply(path, options));
    for (const [i, body] of BODIES.entries()) {
      peer.send(body);
      const request = await requests.nth(i + 1);
      expect(request.body.equals(body)).toBe(true);
      await request.reply(Buffer.from(body).reverse());
      expect((await peer.receive()).equals(Buffer.from(body).reverse())).toBe(true);
    }
  });

  test.each(['listen', 'dial'] as const)('its REP (%s) answers our REQ', async (way) => {
    const path = socketPath();
    const ours = way === 'dial' ? closing(await listenRequest(path)) : null;
    const peer = await startPeer(command, 'rep', way, path);
    const socket = ours ?? closing(await dialRequest(path));
    for (const body of BODIES) {
      const answer = socket.request(body);
      expect((await peer.receive()).equals(body)).toBe(true);
      peer.send(Buffer.from(body).reverse());
      expect((await answer).equals(Buffer.from(body).reverse())).toBe(true);
    }
  });
}

function pushAndPull(command: PeerCommand): void {
  test.each(['listen', 'dial'] as const)('its PUSH (%s) fills our PULL', async (way) => {
    const path = socketPath();
    const ours = way === 'dial' ? closing(await listenPull(path)) : null;
    const peer = await startPeer(command, 'push', way, path);
    const pull = ours ?? closing(await dialPull(path));
    for (const body of BODIES) peer.send(body);
    const left = [...BODIES];
    for await (const body of pull) {
      expect(left.shift()?.equals(body)).toBe(true);
      if (left.length === 0) break;
    }
  });

  test.each(['listen', 'dial'] as const)('our PUSH fills its PULL (%s)', async (way) => {
    const path = socketPath();
    const ours = way === 'dial' ? closing(await listenPush(path)) : null;
    const peer = await startPeer(command, 'pull', way, path);
    const push: PushSocket = ours ?? closing(await dialPush(path));
    const sent = Promise.all(BODIES.map((body) => push.send(body)));
    for (const body of BODIES) expect((await peer.receive()).equals(body)).toBe(true);
    await sent;
  });

  test('a sink that listens gets every row of a thousand, in order', async () => {
    const path = socketPath();
    const peer = await startPeer(command, 'pull', 'listen', path);
    const push = await dialPush(path);
    onTestFinished(() => push.close());
    const rows = Array.from({ length: 1000 }, (_, i) => `[{"n":${i}}]`);
    const sent = (async () => {
      for (const row of rows) await push.send(row);
    })();
    for (const row of rows) expect((await peer.receive()).toString()).toBe(row);
    await sent;
  });
}
