import { expect, test } from 'vitest';
import { dialPull, listenPull } from '../../../src/sp/pull.ts';
import { dialPush, listenPush } from '../../../src/sp/push.ts';
import { dialRequest } from '../../../src/sp/request.ts';
import { listenReply, type Peer as ReplyPeer, type Request } from '../../fixtures/reply-socket.ts';
import { describeOnUnixWith } from '../../toolchain/require.ts';
import { calls, closing, socketPath } from '../../wire/sockets.ts';
import { IMPLEMENTATIONS, type PeerCommand, startPeer } from './peer.ts';

for (const [name, find] of IMPLEMENTATIONS) {
  await describeOnUnixWith(`REQ and REP with ${name}, after a break`, find, requestsAndReplies);
  await describeOnUnixWith(`PUSH and PULL with ${name}, after a break`, find, pushAndPull);
}

/** Removes a dead peer's socket file; not every implementation takes it over. */
async function clear(path: string): Promise<void> {
  await (await listenReply(path, { onRequest: () => undefined })).close();
}

function requestsAndReplies(command: PeerCommand): void {
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
    await clear(path);
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
  test('our listening PULL goes on with the PUSH that follows a killed one', async () => {
    const path = socketPath();
    const [rows, went] = [calls<string>(), calls<Error | null>()];
    const onMessage = (body: Buffer) => rows.on(body.toString());
    closing(await listenPull(path, { onMessage, onDisconnect: went.on }));
    const dying = await startPeer(command, 'push', 'dial', path);
    dying.send(Buffer.from('one'));
    expect(await rows.nth(1)).toBe('one');
    await dying.kill();
    expect(await went.nth(1)).toBeNull();
    const next = await startPeer(command, 'push', 'dial', path);
    next.send(Buffer.from('two'));
    expect(await rows.nth(2)).toBe('two');
  });

  test('our dialled PULL finds the PUSH that follows a killed one', async () => {
    const path = socketPath();
    const rows = calls<string>();
    const dying = await startPeer(command, 'push', 'listen', path);
    closing(await dialPull(path, { onMessage: (body) => rows.on(body.toString()) }));
    await dying.kill();
    await clear(path);
    const next = await startPeer(command, 'push', 'listen', path);
    next.send(Buffer.from('row'));
    expect(await rows.nth(1)).toBe('row');
  });

  test('our dialled PUSH finds the PULL that follows a killed one', async () => {
    const path = socketPath();
    const went = calls<Error | null>();
    const dying = await startPeer(command, 'pull', 'listen', path);
    const push = closing(await dialPush(path, { onDisconnect: went.on }));
    push.offer('one');
    expect((await dying.receive()).toString()).toBe('one');
    await dying.kill();
    await went.nth(1);
    // Held until somebody is there again.
    push.offer('two');
    await clear(path);
    const next = await startPeer(command, 'pull', 'listen', path);
    expect((await next.receive()).toString()).toBe('two');
  });

  test('its PUSH finds our PULL again after we were away', async () => {
    const path = socketPath();
    const [rows, came] = [calls<string>(), calls<undefined>()];
    const options = {
      onMessage: (body: Buffer) => rows.on(body.toString()),
      onConnect: () => came.on(undefined),
    };
    const first = await listenPull(path, options);
    const peer = await startPeer(command, 'push', 'dial', path);
    peer.send(Buffer.from('one'));
    await rows.nth(1);
    await first.close();
    closing(await listenPull(path, options));
    await came.nth(2);
    peer.send(Buffer.from('two'));
    expect(await rows.nth(2)).toBe('two');
  });

  test('its PULL finds our PUSH again after we were away', async () => {
    const path = socketPath();
    const first = await listenPush(path);
    const peer = await startPeer(command, 'pull', 'dial', path);
    await first.send('one');
    expect((await peer.receive()).toString()).toBe('one');
    await first.close();
    const again = closing(await listenPush(path));
    await again.send('two');
    expect((await peer.receive()).toString()).toBe('two');
  });
}
