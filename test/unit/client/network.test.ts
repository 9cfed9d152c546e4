import type http from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { clientFor, type FakeServer, fakeHttp, fakeTcp } from './fake-server.ts';
import { hostFailureOf } from './host-failure-of.ts';

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

const html = '<!DOCTYPE html><html><title>eKuiper manager</title></html>';

describe('a host that cannot be reached', () => {
  it('refused: nothing listens', async () => {
    const server = await fakeHttp(() => {});
    await server.close();
    const host = `127.0.0.1:${server.port}`;
    const thrown = await hostFailureOf(clientFor(host).info());
    expect(thrown).toMatchObject({
      kind: 'unreachable',
      exit: 3,
      message: `nothing listens on ${host}`,
    });
    expect(thrown.hint).toContain('kplugin serve');
  });

  it('a name that nobody knows', async () => {
    const thrown = await hostFailureOf(clientFor('nowhere.invalid').info());
    expect(thrown.message).toBe('the host name in nowhere.invalid:9081 cannot be resolved');
  });

  it('a proxy without eKuiper behind it', async () => {
    const host = await http1((_request, response) => {
      response.writeHead(503).end('no healthy upstream');
    });
    expect(await hostFailureOf(clientFor(host).info())).toMatchObject({
      kind: 'unreachable',
      message: `a proxy answers on ${host} and cannot reach eKuiper (HTTP status 503)`,
      words: 'no healthy upstream',
    });
  });
});

describe('another service on the port', () => {
  it.each([
    ['HTML', 200, html, '("eKuiper manager"), not as eKuiper does'],
    ['HTML with 404', 404, html, '("eKuiper manager"), not as eKuiper does'],
    ['plain text', 200, 'hello', 'is not eKuiper: the answer is not JSON'],
    ['an empty answer', 200, '', 'is not eKuiper: the answer is not JSON'],
    [
      'JSON truncated',
      200,
      '{"version":"2.4.0","os":"li',
      'is not eKuiper: the answer is not JSON',
    ],
    ['other JSON', 200, '{"version":"8.1","name":"es"}', 'has no version and no operating system'],
    ['a JSON list', 200, '[]', 'is not eKuiper: the answer is not an object'],
    ['https wanted', 400, 'Client sent an HTTP request to an HTTPS server.\n', 'wants https'],
  ])('%s', async (_name, status, body, message) => {
    const host = await http1((_request, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
    const thrown = await hostFailureOf(clientFor(host).info());
    expect(thrown).toMatchObject({ kind: 'wrong-service', exit: 3 });
    expect(thrown.message).toContain(message);
  });

  it('one that sends elsewhere', async () => {
    const host = await http1((_request, response) => {
      response.writeHead(302, { location: 'https://login.example.com/' }).end();
    });
    const thrown = await hostFailureOf(clientFor(host).info());
    expect(thrown.message).toBe(`${host} sends kplugin somewhere else: https://login.example.com/`);
  });

  it('one that does not speak HTTP', async () => {
    const host = await tcp((socket) => socket.end('220 mail.example.com ESMTP\r\n'));
    const thrown = await hostFailureOf(clientFor(host).info());
    expect(thrown.message).toBe(`what listens on ${host} does not speak HTTP`);
  });

  it('TLS to a port that answers in the clear', async () => {
    const host = await http1((_request, response) => response.end('{}'));
    const thrown = await hostFailureOf(clientFor(`https://${host}`).info());
    expect(thrown.message).toBe(`https://${host} does not speak TLS`);
    expect(thrown.hint).toBe(`write http instead: --host http://${host}`);
  });

  it('one that never stops talking', async () => {
    const host = await http1((_request, response) => {
      const chunk = Buffer.alloc(64 * 1024, 'x');
      const more = (): void => {
        while (!response.destroyed && response.write(chunk));
        response.once('drain', more);
      };
      more();
    });
    expect((await hostFailureOf(clientFor(host).info())).message).toContain(
      'with more than 65536 bytes',
    );
  });
});

describe('an answer that does not come', () => {
  it('a host that hangs', async () => {
    const host = await http1(() => {});
    const thrown = await hostFailureOf(clientFor(host, { timeout: 50 }).info());
    expect(thrown).toMatchObject({ kind: 'timeout', unsettled: true });
    expect(thrown.message).toBe(`${host} took the request and did not answer in time`);
  });

  it('a host that hangs in the middle of its answer', async () => {
    const host = await http1((_request, response) => {
      response.writeHead(200).write('{"version":');
    });
    expect((await hostFailureOf(clientFor(host, { timeout: 50 }).info())).kind).toBe('timeout');
  });

  it('a host that sends its answer byte by byte', async () => {
    const host = await http1((_request, response) => {
      const drip = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(drip));
    });
    const thrown = await hostFailureOf(clientFor(host, { timeout: 300 }).info());
    expect(thrown).toMatchObject({
      kind: 'timeout',
      message: `${host} began to answer and was not done in time`,
      hint: 'wait longer: --timeout 5m',
    });
    expect(thrown.reason).toMatch(/^after 300 ms there were \d+ bytes of the answer/);
  });

  it('a connection that is closed without a word', async () => {
    const host = await tcp((socket) => socket.once('data', () => socket.end()));
    const thrown = await hostFailureOf(clientFor(host).info());
    expect(thrown).toMatchObject({ kind: 'dropped', unsettled: true });
    expect(thrown.message).toBe(`${host} closed the connection before it had answered`);
  });

  it('a connection that breaks in the middle of the answer', async () => {
    const head = 'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"version"';
    const host = await tcp((socket) => {
      socket.once('data', () => socket.write(head, () => socket.resetAndDestroy()));
    });
    expect((await hostFailureOf(clientFor(host).info())).kind).toBe('dropped');
  });

  it('an interrupt is no failure of the host', async () => {
    const controller = new AbortController();
    const host = await http1(() => controller.abort());
    const asking = clientFor(host, { signal: controller.signal }).info();
    await expect(asking).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('a host that wants a token', () => {
  it('says so as bare text', async () => {
    const host = await http1((_request, response) => {
      response.writeHead(401).end('missing_token');
    });
    expect(await hostFailureOf(clientFor(host).plugins())).toMatchObject({
      code: 'host-refused-token-missing',
      status: 401,
      message: `${host} refused to list its plugins: missing_token`,
    });
  });
});

describe('what is sent', () => {
  it('carries what the authorize hook gives, as it is', async () => {
    const seen: (string | undefined)[] = [];
    const host = await http1((request, response) => {
      seen.push(request.headers.authorization);
      response.end('[]');
    });
    await clientFor(host, { authorize: async () => 'eyJ.raw.token' }).plugins();
    await clientFor(host).plugins();
    expect(seen).toEqual(['eyJ.raw.token', undefined]);
  });

  it('keeps the base path of a proxy and encodes names', async () => {
    const seen: (string | undefined)[] = [];
    const host = await http1((request, response) => {
      seen.push(request.url);
      response.writeHead(404).end('{"error":1002,"message":"not found"}');
    });
    expect(await clientFor(`http://${host}/edge/1/`).plugin('pro be/../x')).toBeNull();
    expect(seen).toEqual(['/edge/1/plugins/portables/pro%20be%2F..%2Fx']);
  });
});
