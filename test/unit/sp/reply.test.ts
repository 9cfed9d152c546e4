import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ConnectionClosed, ProtocolError, RequestNotOpen } from '../../../src/sp/errors.ts';
import { hello, messageHeader, PROTOCOL } from '../../../src/sp/frame.ts';
import { dialRequest } from '../../../src/sp/request.ts';
import {
  listenReply,
  type Peer,
  type ReplyOptions,
  type Request,
} from '../../fixtures/reply-socket.ts';
import { describeOnUnix } from '../../toolchain/require.ts';
import { calls, closing, rawPeer, socketPath } from '../../wire/sockets.ts';

const message = (...parts: Uint8Array[]) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([messageHeader(body.length), body]);
};
const id = (number: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number);
  return bytes;
};

async function listen(options: Partial<ReplyOptions> = {}) {
  const requests = calls<Request>();
  const path = socketPath();
  const listener = await listenReply(path, { onRequest: requests.on, ...options });
  return { path, requests, listener: closing(listener) };
}

describeOnUnix('listenReply', () => {
  test('the owner holds a request open and answers when it has something to ask', async () => {
    const { path, requests } = await listen();
    const plugin = closing(await dialRequest(path));

    const question = plugin.request('handshake');
    const { peer, body } = await requests.nth(1);
    expect(body.toString()).toBe('handshake');
    await peer.reply('start');
    expect((await question).toString()).toBe('start');

    const next = plugin.request('ok');
    await (await requests.nth(2)).reply('stop');
    expect((await next).toString()).toBe('stop');
  });

  test('the answer carries all ids of the request back', async () => {
    const { path, requests } = await listen();
    const ids = Buffer.concat([id(7), id(0x0fffffff), id(0x80000001)]);
    const raw = await rawPeer(path, hello(PROTOCOL.req), message(ids, Buffer.from('q')));
    const request = await requests.nth(1);
    expect(request.body.toString()).toBe('q');
    await request.reply('a');
    request.peer.close();
    expect(await raw.received).toEqual(
      Buffer.concat([hello(PROTOCOL.rep), message(ids, Buffer.from('a'))]),
    );
  });

  test('a request is answered once, and a newer one takes its place', async () => {
    const { path, requests } = await listen();
    const first = message(id(0x80000001), Buffer.from('1'));
    const second = message(id(0x80000002), Buffer.from('2'));
    await rawPeer(path, hello(PROTOCOL.req), first, second);
    const [older, newer] = [await requests.nth(1), await requests.nth(2)];
    await expect(older.reply('late')).rejects.toThrow(RequestNotOpen);
    expect(newer.peer.openRequest).toBe(newer);
    await newer.reply('in time');
    await expect(newer.reply('again')).rejects.toThrow(RequestNotOpen);
    await expect(newer.peer.reply('again')).rejects.toThrow(RequestNotOpen);
  });

  test('a repeated request that is still open is not a new one', async () => {
    const { path, requests } = await listen();
    const same = message(id(0x80000001), Buffer.from('handshake'));
    const other = message(id(0x80000002), Buffer.from('other'));
    await rawPeer(path, hello(PROTOCOL.req), same, same, other);
    expect((await requests.nth(2)).body.toString()).toBe('other');
  });

  test('the owner sees peers come and go', async () => {
    const [came, went] = [calls<Peer>(), calls<[Peer, Error | null]>()];
    const { path, listener } = await listen({
      onConnect: came.on,
      onDisconnect: (peer, reason) => went.on([peer, reason]),
    });
    const one = closing(await dialRequest(path));
    closing(await dialRequest(path));
    const [first, second] = [await came.nth(1), await came.nth(2)];
    expect(listener.peers).toEqual([first, second]);
    one.close();
    expect(await went.nth(1)).toEqual([first, null]);
    expect(listener.peers).toEqual([second]);
    await expect(first.reply('gone')).rejects.toThrow(RequestNotOpen);
  });

  test('an answer to a peer that is gone is refused', async () => {
    const { path, requests } = await listen();
    const plugin = closing(await dialRequest(path));
    plugin.request('handshake').catch(() => undefined);
    const request = await requests.nth(1);
    request.peer.close();
    await expect(request.reply('x')).rejects.toThrow(ConnectionClosed);
  });

  test.each([
    ['an id that never ends', message(id(1), id(2))],
    ['a body too short for an id', message(Buffer.from('abc'))],
    ['a message over the limit', messageHeader(65)],
    ['no message at all', Buffer.from('POST / HTTP/1.1')],
  ])('hostile bytes close that connection only: %s', async (_name, bytes) => {
    const went = calls<Error | null>();
    const { path, requests } = await listen({
      maxMessageBytes: 64,
      onDisconnect: (_peer, reason) => went.on(reason),
    });
    const raw = await rawPeer(path, hello(PROTOCOL.req), bytes);
    await raw.received;
    expect(await went.nth(1)).toBeInstanceOf(ProtocolError);

    const plugin = closing(await dialRequest(path));
    const answer = plugin.request('still there');
    await (await requests.nth(1)).reply('yes');
    expect((await answer).toString()).toBe('yes');
  });

  test.each([
    ['another protocol number', hello(PROTOCOL.push)],
    ['its own protocol number', hello(PROTOCOL.rep)],
    ['no hello', Buffer.from('GET / HTTP/1.1\r\n')],
  ])('who does not say the right hello is no peer: %s', async (_name, bytes) => {
    const came = calls<Peer>();
    const { path, listener } = await listen({ onConnect: came.on });
    const raw = await rawPeer(path, bytes);
    expect(await raw.received).toEqual(hello(PROTOCOL.rep));
    expect(listener.peers).toEqual([]);
    closing(await dialRequest(path));
    expect((await came.nth(1)).id).toBe(1);
  });

  test('close drops the peers and removes the socket file', async () => {
    const { path, listener } = await listen();
    const raw = await rawPeer(path, hello(PROTOCOL.req));
    await listener.close();
    await raw.received;
    expect(existsSync(path)).toBe(false);
    await listener.close();
  });
});
