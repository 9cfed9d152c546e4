import { expect, test } from 'vitest';
import { MessageTooLong } from '../../../src/sp/errors.ts';
import { listenPull } from '../../../src/sp/pull.ts';
import { listenPush } from '../../../src/sp/push.ts';
import { listenReplyQueue } from '../../../src/sp/reply-queue.ts';
import { dialRequest } from '../../../src/sp/request.ts';
import { listenReply, type Request } from '../../fixtures/reply-socket.ts';
import { describeOnUnixWith } from '../../toolchain/require.ts';
import { calls, closing, socketPath } from '../../wire/sockets.ts';
import { IMPLEMENTATIONS, mangosPeer, type PeerCommand, startDevice, startPeer } from './peer.ts';

for (const [name, find] of IMPLEMENTATIONS) {
  await describeOnUnixWith(`several peers of ${name}`, find, severalPeers);
}
await describeOnUnixWith('through a device of mangos', mangosPeer, hops);

function severalPeers(command: PeerCommand): void {
  test('each REQ gets the answer to its own request', async () => {
    const path = socketPath();
    const requests = calls<Request>();
    closing(await listenReply(path, { onRequest: requests.on }));
    const names = ['one', 'two', 'three'];
    const peers = await Promise.all(names.map(() => startPeer(command, 'req', 'dial', path)));
    for (const [i, peer] of peers.entries()) peer.send(Buffer.from(names[i] ?? ''));
    const open = await Promise.all(names.map((_, i) => requests.nth(i + 1)));
    for (const request of open.reverse()) await request.reply(`to ${request.body}`);
    const answers = await Promise.all(peers.map((peer) => peer.receive()));
    expect(answers.map(String)).toEqual(names.map((name) => `to ${name}`));
  });

  test('a line of requests is answered as they are received', async () => {
    const path = socketPath();
    const rep = closing(await listenReplyQueue(path));
    const names = ['one', 'two'];
    const peers = await Promise.all(names.map(() => startPeer(command, 'req', 'dial', path)));
    for (const [i, peer] of peers.entries()) peer.send(Buffer.from(names[i] ?? ''));
    for (const _ of names) await rep.send(`to ${await rep.receive()}`);
    const answers = await Promise.all(peers.map((peer) => peer.receive()));
    expect(answers.map(String)).toEqual(['to one', 'to two']);
  });

  test('the rows of three PUSH sockets arrive, each in its order', async () => {
    const path = socketPath();
    const rows = calls<string>();
    closing(await listenPull(path, { onMessage: (body) => rows.on(body.toString()) }));
    const names = ['a', 'b', 'c'];
    const peers = await Promise.all(names.map(() => startPeer(command, 'push', 'dial', path)));
    const numbers = Array.from({ length: 100 }, (_, i) => i);
    for (const i of numbers) {
      for (const [p, peer] of peers.entries()) peer.send(Buffer.from(`${names[p]}${i}`));
    }
    await rows.nth(300);
    const all = await Promise.all(Array.from({ length: 300 }, (_, i) => rows.nth(i + 1)));
    for (const name of names) {
      expect(all.filter((row) => row.startsWith(name))).toEqual(numbers.map((i) => name + i));
    }
  });

  test('two PULL sockets share the rows of our PUSH, and none is lost', async () => {
    const path = socketPath();
    const came = calls<undefined>();
    const push = closing(await listenPush(path, { onConnect: () => came.on(undefined) }));
    const peers = [
      await startPeer(command, 'pull', 'dial', path),
      await startPeer(command, 'pull', 'dial', path),
    ];
    await came.nth(2);
    for (let i = 0; i < 200; i += 1) await push.offer(`${i}`);
    const takeHalf = async (peer: (typeof peers)[number]) => {
      const rows: number[] = [];
      while (rows.length < 100) rows.push(Number(await peer.receive()));
      return rows;
    };
    const rows = (await Promise.all(peers.map(takeHalf))).flat();
    expect(rows.sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, i) => i));
  });

  test('a message over our limit closes its connection, and it comes back', async () => {
    const path = socketPath();
    const [rows, went, came] = [calls<number>(), calls<Error | null>(), calls<undefined>()];
    const options = {
      maxMessageBytes: 1000,
      onMessage: (body: Buffer) => rows.on(body.length),
      onConnect: () => came.on(undefined),
      onDisconnect: went.on,
    };
    closing(await listenPull(path, options));
    const peer = await startPeer(command, 'push', 'dial', path);
    peer.send(Buffer.alloc(1001));
    expect(await went.nth(1)).toBeInstanceOf(MessageTooLong);
    await came.nth(2);
    peer.send(Buffer.alloc(1000));
    expect(await rows.nth(1)).toBe(1000);
  });
}

function hops(command: PeerCommand): void {
  test('our REP answers a REQ behind it', async () => {
    const [front, back] = [socketPath(), socketPath()];
    const requests = calls<Request>();
    closing(await listenReply(back, { onRequest: requests.on }));
    await startDevice(command, front, back);
    const peer = await startPeer(command, 'req', 'dial', front);
    peer.send(Buffer.from('question'));
    const request = await requests.nth(1);
    expect(request.body.toString()).toBe('question');
    await request.reply('answer');
    expect((await peer.receive()).toString()).toBe('answer');
  });

  test('a REP behind it answers our REQ', async () => {
    const [front, back] = [socketPath(), socketPath()];
    const peer = await startPeer(command, 'rep', 'listen', back);
    await startDevice(command, front, back);
    const socket = closing(await dialRequest(front));
    const answer = socket.request('question');
    expect((await peer.receive()).toString()).toBe('question');
    peer.send(Buffer.from('answer'));
    expect((await answer).toString()).toBe('answer');
  });
}
