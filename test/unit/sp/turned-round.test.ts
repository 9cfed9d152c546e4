import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ConnectionClosed, DialFailed } from '../../../src/sp/errors.ts';
import { listenRequest } from '../../../src/sp/request.ts';
import { dialReply, type Peer, type Request } from '../../fixtures/reply-socket.ts';
import { describeOnUnix } from '../../toolchain/require.ts';
import { calls, closing, socketPath } from '../../wire/sockets.ts';

const text = async (answer: Promise<Buffer>) => (await answer).toString();

describeOnUnix('a REQ that listens and REPs that dial', () => {
  test('a request without a peer waits for the first one', async () => {
    const path = socketPath();
    const req = closing(await listenRequest(path));
    const answer = text(req.request('question'));
    const requests = calls<Request>();
    const rep = closing(await dialReply(path, { onRequest: requests.on }));
    const request = await requests.nth(1);
    expect(rep.peers).toEqual([request.peer]);
    await request.reply('answer');
    expect(await answer).toBe('answer');
  });

  test('peers take turns', async () => {
    const path = socketPath();
    const came = calls<undefined>();
    const req = closing(await listenRequest(path, { onConnect: () => came.on(undefined) }));
    for (const name of ['one', 'two']) {
      const onRequest = (request: Request) => void request.reply(name);
      closing(await dialReply(path, { onRequest }));
    }
    await came.nth(2);
    const answers = [];
    for (let i = 0; i < 4; i += 1) answers.push(await text(req.request('who?')));
    expect(answers.sort()).toEqual(['one', 'one', 'two', 'two']);
  });

  test('when the peer that has the request leaves, another gets it', async () => {
    const path = socketPath();
    const req = closing(await listenRequest(path));
    const [first, second] = [calls<Request>(), calls<Request>()];
    const leaving = await dialReply(path, { onRequest: first.on });
    const answer = text(req.request('question'));
    await first.nth(1);
    closing(await dialReply(path, { onRequest: second.on }));
    await leaving.close();
    const request = await second.nth(1);
    expect(request.body.toString()).toBe('question');
    await request.reply('answer');
    expect(await answer).toBe('answer');
  });

  test('a REP that dials finds the listener again, as a new peer', async () => {
    const path = socketPath();
    const requests = calls<Request>();
    const first = await listenRequest(path);
    closing(await dialReply(path, { onRequest: requests.on, firstDelayMs: 1 }));
    const refusal = expect(first.request('one')).rejects.toThrow(ConnectionClosed);
    const old: Peer = (await requests.nth(1)).peer;
    await first.close();
    await refusal;
    expect(existsSync(path)).toBe(false);

    const again = closing(await listenRequest(path));
    const answer = text(again.request('two'));
    const request = await requests.nth(2);
    expect(request.peer.id).toBeGreaterThan(old.id);
    await request.reply('answer');
    expect(await answer).toBe('answer');
  });

  test('the signal ends the wait for the first listener', async () => {
    const signal = AbortSignal.abort();
    const dialing = dialReply(socketPath(), { signal, onRequest: () => undefined });
    await expect(dialing).rejects.toThrow(DialFailed);
  });
});
