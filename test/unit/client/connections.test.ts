import type http from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { parseAddress } from '../../../src/client/http/address.ts';
import { openSession } from '../../../src/client/transport.ts';
import { clientFor, type FakeServer, fakeHttp, fakeTcp } from './fake-server.ts';

const servers: FakeServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function http1(handler: http.RequestListener): Promise<string> {
  const server = await fakeHttp(handler);
  servers.push(server);
  return `127.0.0.1:${server.port}`;
}

async function tcp(...args: Parameters<typeof fakeTcp>): Promise<string> {
  const server = await fakeTcp(...args);
  servers.push(server);
  return `127.0.0.1:${server.port}`;
}

describe('a connection that does not come about', () => {
  it('is not waited for after an interrupt', async () => {
    const interrupt = new AbortController();
    const gone = new Promise<void>((resolve) => {
      // Nobody answers the handshake.
      void tcp((socket) => {
        socket.on('close', () => resolve());
        socket.once('data', () => interrupt.abort(new Error('Ctrl-C')));
      }).then(ask);
    });
    const ends: Promise<unknown>[] = [];
    async function ask(host: string): Promise<void> {
      const client = clientFor(`https://${host}`, { signal: interrupt.signal });
      ends.push(expect(client.info()).rejects.toThrow('Ctrl-C').then(client.close));
    }
    await gone;
    await Promise.all(ends);
    expect(ends).toHaveLength(1);
  });
});

describe('the connections of a host', () => {
  it('what may be repeated shares a connection, every change has its own', async () => {
    const ports: (number | undefined)[] = [];
    const host = await http1((request, response) => {
      request.resume().on('end', () => response.writeHead(200).end('[]'));
      ports.push(request.socket.remotePort);
    });
    const client = clientFor(host);
    await client.plugins();
    await client.remove('a');
    await client.uploadText('a.json', '{}');
    await client.remove('b');
    await client.plugins();
    const [read, change, upload, changeAgain, readAgain] = ports;
    expect([upload, readAgain]).toEqual([read, read]);
    expect(new Set([read, change, changeAgain]).size).toBe(3);
  });

  it('who is not interrupted goes on over the same connections', async () => {
    const ports: (number | undefined)[] = [];
    const host = await http1((request, response) => {
      ports.push(request.socket.remotePort);
      if (request.url !== '/hangs') response.end('[]');
      else interrupt.abort(new Error('Ctrl-C'));
    });
    const interrupt = new AbortController();
    const way = openSession({ address: parseAddress(host) });
    const [client, recovery] = [
      way.under(interrupt.signal),
      way.under(new AbortController().signal),
    ];
    const get = { method: 'GET', path: '/', timeout: 20_000, limit: 100 } as const;
    await client.send(get);
    await recovery.send(get);
    await expect(client.send({ ...get, path: '/hangs' })).rejects.toThrow('Ctrl-C');
    expect(await recovery.send(get)).toMatchObject({ status: 200, text: '[]' });
    await Promise.all([client.close(), recovery.close()]);
    expect(ports[1]).toBe(ports[0]);
    await expect(recovery.send(get)).rejects.toThrow();
  });

  it('a change reaches a host that was restarted between', async () => {
    const first = await fakeHttp((_request, response) => response.end('[]'));
    const client = clientFor(`127.0.0.1:${first.port}`);
    await client.plugins();
    await first.close();
    const seen: (string | undefined)[] = [];
    const second = await fakeHttp((request, response) => {
      seen.push(request.method);
      response.end('[]');
    }, first.port);
    servers.push(second);
    await client.remove('a');
    await client.plugins();
    expect(seen).toEqual(['DELETE', 'GET']);
  });
});
