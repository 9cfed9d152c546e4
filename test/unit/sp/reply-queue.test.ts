import { expect, test } from 'vitest';
import { ConnectionClosed, ReceiveTimedOut, RequestNotOpen } from '../../../src/sp/errors.ts';
import { hello, messageHeader, PROTOCOL } from '../../../src/sp/frame.ts';
import { listenReplyQueue } from '../../../src/sp/reply-queue.ts';
import { dialRequest } from '../../../src/sp/request.ts';
import { describeOnUnix } from '../../toolchain/require.ts';
import { calls, closing, rawPeer, socketPath } from '../../wire/sockets.ts';

const REQUEST_IN_LINE = Buffer.concat([Buffer.from([0x80, 0, 0, 1]), Buffer.from('l')]);

async function queue() {
  const path = socketPath();
  const [came, went] = [calls<undefined>(), calls<Error | null>()];
  const rep = closing(
    await listenReplyQueue(path, { onConnect: () => came.on(undefined), onDisconnect: went.on }),
  );
  return { path, rep, came, went };
}

const text = async (body: Promise<Buffer>) => (await body).toString();

describeOnUnix('listenReplyQueue', () => {
  test('the plugin asks, the host answers with its question', async () => {
    const { path, rep } = await queue();
    const plugin = closing(await dialRequest(path));
    const question = text(plugin.request('handshake'));
    expect(await text(rep.receive())).toBe('handshake');
    await rep.send('{"func":"Exec"}');
    expect(await question).toBe('{"func":"Exec"}');
    const waiting = text(rep.receive(5000));
    const next = text(plugin.request('{"state":true}'));
    expect(await waiting).toBe('{"state":true}');
    await rep.send('next');
    expect(await next).toBe('next');
  });

  test('with two peers answers go to whoever was received last, as in eKuiper', async () => {
    const { path, rep, came } = await queue();
    const [one, two] = [closing(await dialRequest(path)), closing(await dialRequest(path))];
    await came.nth(2);
    const first = text(one.request('1: handshake'));
    expect(await text(rep.receive())).toBe('1: handshake');
    await rep.send('question 1');
    expect(await first).toBe('question 1');
    // The handshake of the second stands in line before the answer of the first.
    const second = text(two.request('2: handshake'));
    expect(await text(rep.receive())).toBe('2: handshake');
    one.request('1: answer 1').catch(() => undefined);
    await rep.send('question 2');
    expect(await second).toBe('question 2');
    expect(await text(rep.receive())).toBe('1: answer 1');
    expect(rep.peers).toBe(2);
  });

  test('there is one answer to the current request, and none before the first', async () => {
    const { path, rep } = await queue();
    await expect(rep.send('x')).rejects.toThrow(RequestNotOpen);
    const plugin = closing(await dialRequest(path));
    const answer = text(plugin.request('q'));
    await rep.receive();
    await rep.send('a');
    await expect(rep.send('b')).rejects.toThrow(RequestNotOpen);
    expect(await answer).toBe('a');
  });

  test('a wait that ends without a request leaves the current one open', async () => {
    const { path, rep } = await queue();
    const plugin = closing(await dialRequest(path));
    const answer = text(plugin.request('q'));
    await rep.receive();
    await expect(rep.receive(1)).rejects.toThrow(ReceiveTimedOut);
    await expect(rep.receive(5000, AbortSignal.timeout(1))).rejects.toThrow('timeout');
    await expect(rep.receive(5000, AbortSignal.abort('enough'))).rejects.toBe('enough');
    await rep.send('a');
    expect(await answer).toBe('a');
  });

  test('the request of a peer that left still stands in the line, and the answer to it is dropped', async () => {
    const { path, rep, went } = await queue();
    const plugin = await dialRequest(path);
    plugin.request('q').catch(() => undefined);
    expect(await text(rep.receive())).toBe('q');
    plugin.close();
    await went.nth(1);
    await rep.send('a');
    expect(rep.peers).toBe(0);

    const raw = await rawPeer(path, hello(PROTOCOL.req), messageHeader(5), REQUEST_IN_LINE);
    raw.socket.end();
    const third = closing(await dialRequest(path));
    third.request('third').catch(() => undefined);
    expect(await text(rep.receive())).toBe('l');
    await rep.send('a');
    expect(await text(rep.receive())).toBe('third');
  });

  test('close ends the wait', async () => {
    const { rep } = await queue();
    const refusal = expect(rep.receive(5000)).rejects.toThrow(ConnectionClosed);
    await rep.close();
    await refusal;
    await expect(rep.receive()).rejects.toThrow(ConnectionClosed);
    await expect(rep.send('x')).rejects.toThrow(ConnectionClosed);
  });
});
