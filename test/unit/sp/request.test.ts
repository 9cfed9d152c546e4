import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { ConnectionClosed, DialFailed, RequestNotOpen } from '../../../src/sp/errors.ts';
import { FrameDecoder, hello, messageHeader, PROTOCOL } from '../../../src/sp/frame.ts';
import { dialRequest } from '../../../src/sp/request.ts';
import { listenReply, type Request } from '../../fixtures/reply-socket.ts';
import { describeOnUnix } from '../../toolchain/require.ts';
import { calls, closing, socketPath } from '../../wire/sockets.ts';

async function pair() {
  const requests = calls<Request>();
  const path = socketPath();
  const listener = closing(await listenReply(path, { onRequest: requests.on }));
  const socket = closing(await dialRequest(path));
  return { path, requests, listener, socket };
}

describeOnUnix('dialRequest', () => {
  test.each([0, 1, 8, 70_000, 3_000_000])('bodies of %i bytes go both ways', async (length) => {
    const { requests, socket } = await pair();
    const body = Buffer.alloc(length, 'ab');
    const answer = socket.request(body);
    const request = await requests.nth(1);
    expect(request.body.equals(body)).toBe(true);
    await request.reply(body);
    expect((await answer).equals(body)).toBe(true);
  });

  test('a new request abandons the old one, whose late answer is ignored', async () => {
    const { requests, socket } = await pair();
    const abandoned = socket.request('first');
    const first = await requests.nth(1);
    const answered = first.reply('late');
    const refusal = expect(abandoned).rejects.toThrow(RequestNotOpen);
    const second = socket.request('second');
    await refusal;
    await answered;
    await (await requests.nth(2)).reply('in time');
    expect((await second).toString()).toBe('in time');
  });

  test('the outstanding request goes out again after a reconnect', async () => {
    const { path, requests, listener, socket } = await pair();
    const answer = socket.request('handshake');
    await requests.nth(1);
    await listener.close();
    const again = closing(await listenReply(path, { onRequest: requests.on }));
    const request = await requests.nth(2);
    expect(request.body.toString()).toBe('handshake');
    await request.reply('welcome back');
    expect((await answer).toString()).toBe('welcome back');
    expect(again.peers).toHaveLength(1);
  });

  test('close ends the outstanding request, and there are no more', async () => {
    const { requests, socket } = await pair();
    const refusal = expect(socket.request('handshake')).rejects.toThrow(ConnectionClosed);
    await requests.nth(1);
    socket.close();
    await refusal;
    await expect(socket.request('x')).rejects.toThrow(ConnectionClosed);
  });

  test('it waits for a listener that comes later', async () => {
    const path = socketPath();
    const dialing = dialRequest(path, { firstDelayMs: 1, maxDelayMs: 5 });
    const requests = calls<Request>();
    closing(await listenReply(path, { onRequest: requests.on }));
    const socket = closing(await dialing);
    const answer = socket.request('hello');
    await (await requests.nth(1)).reply('there');
    expect((await answer).toString()).toBe('there');
  });

  test('the signal ends the wait for the first connection', async () => {
    const path = socketPath();
    const stop = new AbortController();
    const refusal = expect(dialRequest(path, { signal: stop.signal })).rejects.toThrow(DialFailed);
    stop.abort();
    await refusal;
    await expect(dialRequest(path, { signal: AbortSignal.abort() })).rejects.toThrow(path);
  });

  test('it drops a listener that speaks something else, dials again, and tells why', async () => {
    const path = socketPath();
    const stop = new AbortController();
    let dialled = 0;
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      dialled += 1;
      if (dialled === 3) stop.abort();
      else socket.end('HTTP/1.1 400 Bad Request');
    });
    closing(server.listen(path));
    await once(server, 'listening');
    await expect(dialRequest(path, { signal: stop.signal, firstDelayMs: 1 })).rejects.toThrow(
      'does not speak the Scalability Protocols',
    );
    expect(dialled).toBe(3);
  });

  test('of requests made while another is on its way the last goes out, once', async () => {
    const path = socketPath();
    const sent: string[] = [];
    const arrived = calls<undefined>();
    const server = createServer((socket) => {
      const decoder = new FrameDecoder();
      let greeted = false;
      socket.on('error', () => undefined);
      socket.write(hello(PROTOCOL.rep));
      socket.on('data', (chunk) => {
        decoder.feed(chunk);
        greeted ||= decoder.hello() !== null;
        for (let body = greeted ? decoder.next() : null; body !== null; body = decoder.next()) {
          sent.push(body.subarray(4, 5).toString());
          if (sent.at(-1) === 'z') arrived.on(undefined);
        }
      });
    });
    closing(server.listen(path));
    await once(server, 'listening');
    const socket = closing(await dialRequest(path));
    const given = ['a'.repeat(8_000_000), 'b', 'c', 'd'].map((body) => socket.request(body));
    for (const request of given) request.catch(() => undefined);
    await expect.poll(() => sent).toContain('d');
    socket.request('z').catch(() => undefined);
    await arrived.nth(1);
    expect(sent).toEqual(['a', 'd', 'z']);
  });

  test('a reply without an id closes the connection, and the request goes out on the next', async () => {
    const path = socketPath();
    const seen: Buffer[] = [];
    const both = calls<undefined>();
    const server = createServer((socket) => {
      const decoder = new FrameDecoder();
      let greeted = false;
      socket.on('error', () => undefined);
      socket.write(hello(PROTOCOL.rep));
      socket.on('data', (chunk) => {
        decoder.feed(chunk);
        greeted ||= decoder.hello() !== null;
        const body = greeted ? decoder.next() : null;
        if (body === null) return;
        seen.push(Buffer.from(body));
        both.on(undefined);
        socket.write(Buffer.concat([messageHeader(2), Buffer.from('ok')]));
      });
    });
    closing(server.listen(path));
    await once(server, 'listening');
    const socket = closing(await dialRequest(path, { firstDelayMs: 1 }));
    socket.request('handshake').catch(() => undefined);
    await both.nth(2);
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[0]?.subarray(4).toString()).toBe('handshake');
    expect(seen[0]?.readUInt8(0)).toBeGreaterThanOrEqual(0x80);
  });
});
