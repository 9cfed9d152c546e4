import { expect, onTestFinished, test } from 'vitest';
import { dialPull, listenPull } from '../../../src/sp/pull.ts';
import { dialPush, listenPush, type PushSocket } from '../../../src/sp/push.ts';
import { listenReply, type Peer as ReplyPeer, type Request } from '../../../src/sp/reply.ts';
import { dialRequest } from '../../../src/sp/request.ts';
import { describeOnUnixWith } from '../../toolchain/require.ts';
import { calls, closing, socketPath } from '../../wire/sockets.ts';
import { mangosPeer, type PeerCommand, pynngPeer, startPeer } from './peer.ts';

const BODIES = [
  Buffer.alloc(0),
  Buffer.from('handshake'),
  Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
  Buffer.alloc(65_536, 'row '),
  Buffer.alloc(3_000_000, 'long '),
];

for (const [name, find] of [['pynng', pynngPeer] as const, ['mangos', mangosPeer] as const]) {
  await describeOnUnixWith(`REQ and REP with ${name}`, find, requestsAndReplies);
  await describeOnUnixWith(`PUSH and PULL with ${name}`, find, pushAndPull);
}

function requestsAndReplies(command: PeerCommand): void {
  test('our listening REP answers its REQ', async () => {
    const path = socketPath();
    const requests = calls<Request>();
    closing(await listenReply(path, { onRequest: requests.on }));
    const peer = await startPeer(command, 'req', 'dial', path);
    for (const [i, body] of BODIES.entries()) {
      peer.send(body);
      const request = await requests.nth(i + 1);
      expect(request.body.equals(body)).toBe(true);
      await request.reply(Buffer.from(body).reverse());
      expect((await peer.receive()).equals(Buffer.from(body).reverse())).toBe(true);
    }
  });

  test('its listening REP answers our REQ', async () => {
    const path = socketPath();
    const peer = await startPeer(command, 'rep', 'listen', path);
    const socket = closing(await dialRequest(path));
    for (const body of BODIES) {
      const answer = socket.request(body);
      expect((await peer.receive()).equals(body)).toBe(true);
      peer.send(Buffer.from(body).reverse());
      expect((await answer).equals(Buffer.from(body).reverse())).toBe(true);
    }
  });

  test('a killed REQ is seen to go, and the next one is served', async () => {
    const path = socketPath();
    const [went, requests] = [calls<ReplyPeer>(), calls<Request>()];
    closing(await listenReply(path, { onRequest: requests.on, onDisconnect: went.on }));
    const dying = await startPeer(command, 'req', 'dial', path);
    dying.send(Buffer.from('handshake'));
    const { peer } = await requests.nth(1);
    await dying.kill();
    expect(await went.nth(1)).toBe(peer);

    const next = await startPeer(command, 'req', 'dial', path);
    next.send(Buffer.from('handshake'));
    await (await requests.nth(2)).reply('start');
    expect((await next.receive()).toString()).toBe('start');
  });

  test('our REQ repeats its open request to the REP that comes after a killed one', async () => {
    const path = socketPath();
    const dying = await startPeer(command, 'rep', 'listen', path);
    const socket = closing(await dialRequest(path));
    const answer = socket.request('handshake');
    await dying.receive();
    await dying.kill();
    // Removes the dead peer's socket file; not every implementation takes it over.
    await (await listenReply(path, { onRequest: () => undefined })).close();
    const next = await startPeer(command, 'rep', 'listen', path);
    expect((await next.receive()).toString()).toBe('handshake');
    next.send(Buffer.from('start'));
    expect((await answer).toString()).toBe('start');
  });

  test('its REQ finds our REP again after we were away', async () => {
    const path = socketPath();
    const requests = calls<Request>();
    const first = await listenReply(path, { onRequest: requests.on });
    const peer = await startPeer(command, 'req', 'dial', path);
    peer.send(Buffer.from('handshake'));
    await requests.nth(1);
    await first.close();
    closing(await listenReply(path, { onRequest: requests.on }));
    await (await requests.nth(2)).reply('again');
    expect((await peer.receive()).toString()).toBe('again');
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
