import net from 'node:net';
import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseAddress } from '../../../../src/client/http/address.ts';
import { type HostProxy, proxyFor } from '../../../../src/client/http/host-proxy.ts';
import { NO_TLS_FILES } from '../../../../src/client/http/tls.ts';
import { openSession } from '../../../../src/client/transport.ts';
import { fakeHttp } from '../fake-server.ts';

const P = 'http://proxy:3128';

describe('which proxy', () => {
  it.each<[string, string, Record<string, string>, string | null]>([
    ['none without a variable', 'edge1', {}, null],
    ['http', 'edge1', { HTTP_PROXY: P }, P],
    ['lower case', 'edge1', { http_proxy: P }, P],
    ['lower case first', 'edge1', { http_proxy: P, HTTP_PROXY: 'http://b:1' }, P],
    ['https only for https', 'edge1', { HTTPS_PROXY: P }, null],
    ['https', 'https://edge1', { HTTPS_PROXY: P }, P],
    ['http not for https', 'https://edge1', { HTTP_PROXY: P }, null],
    ['without scheme', 'edge1', { HTTP_PROXY: 'proxy:3128' }, P],
    ['an empty variable', 'edge1', { HTTP_PROXY: ' ' }, null],
    ['not this machine', 'localhost', { HTTP_PROXY: P }, null],
    ['not 127.0.0.1', '127.0.0.1', { HTTP_PROXY: P }, null],
    ['a name that only begins so', '127.0.0.1.example.com', { HTTP_PROXY: P }, P],
    ['this machine when asked', 'localhost', { KPLUGIN_PROXY: P }, P],
    ['KPLUGIN_PROXY=none', 'edge1', { KPLUGIN_PROXY: 'none', HTTP_PROXY: P }, null],
    ['NO_PROXY name', 'edge1', { HTTP_PROXY: P, NO_PROXY: 'x, edge1' }, null],
    ['NO_PROXY below', 'a.edge.lan', { HTTP_PROXY: P, NO_PROXY: 'edge.lan' }, null],
    ['NO_PROXY with a dot', 'a.edge.lan', { HTTP_PROXY: P, no_proxy: '.edge.lan' }, null],
    ['NO_PROXY with a star', 'a.edge.lan', { HTTP_PROXY: P, no_proxy: '*.edge.lan' }, null],
    ['NO_PROXY of another', 'aedge.lan', { HTTP_PROXY: P, NO_PROXY: 'edge.lan' }, P],
    ['NO_PROXY *', 'edge1', { HTTP_PROXY: P, NO_PROXY: '*' }, null],
    ['NO_PROXY port', 'edge1:9081', { HTTP_PROXY: P, NO_PROXY: 'edge1:9081' }, null],
    ['NO_PROXY another port', 'edge1:9082', { HTTP_PROXY: P, NO_PROXY: 'edge1:9081' }, P],
    ['NO_PROXY block', '10.1.2.3', { HTTP_PROXY: P, NO_PROXY: '10.0.0.0/8' }, null],
    ['NO_PROXY another block', '11.1.2.3', { HTTP_PROXY: P, NO_PROXY: '10.0.0.0/8' }, P],
    ['NO_PROXY nonsense', '11.1.2.3', { HTTP_PROXY: P, NO_PROXY: '10.0.0.0/99,/,:,.,[' }, P],
    ['NO_PROXY IPv6', '[2001:db8::1]:9081', { HTTP_PROXY: P, NO_PROXY: '2001:db8::1' }, null],
    ['NO_PROXY IPv6 block', '2001:db8::1', { HTTP_PROXY: P, NO_PROXY: '2001:db8::/32' }, null],
  ])('%s', (_name, host, env, expected) => {
    expect(proxyFor(parseAddress(host), env)?.label ?? null).toBe(expected);
  });

  it.each(['socks5://u:geheim@proxy', 'http://u:geheim@', 'http://u:geheim@pro xy'])(
    '%s is refused without being repeated',
    (value) => {
      const open = (): unknown => proxyFor(parseAddress('edge1'), { HTTP_PROXY: value });
      expect(open).toThrow(/HTTP_PROXY does not name a proxy/);
      expect(open).not.toThrow(/geheim/);
    },
  );

  it('never shows its password', () => {
    const proxy = proxyFor(parseAddress('edge1'), { HTTP_PROXY: 'http://u:geheim@proxy:3128' });
    expect(proxy?.url.reveal()).toContain('geheim');
    expect(`${inspect(proxy)}${JSON.stringify(proxy)}${proxy?.url}`).not.toContain('geheim');
    expect(proxy?.label).toBe(P);
  });
});

async function ask(address: string, url: string) {
  const parsed = parseAddress(address);
  const proxy = proxyFor(parsed, { KPLUGIN_PROXY: url });
  const transport = openSession({
    address: parsed,
    proxy: proxy as HostProxy,
    tls: NO_TLS_FILES,
    authorize: async () => 'aaa.bbb.ccc',
  }).under(new AbortController().signal);
  onTestFinished(() => transport.close());
  return transport.send({ method: 'GET', path: '/rules', timeout: 10_000, limit: 1024 });
}

const failureOf = (answer: Promise<unknown>) => answer.catch((thrown: unknown) => thrown);

describe('through a proxy', () => {
  it('plain http goes as proxies have always taken it, with user and password for the proxy alone', async () => {
    const seen: unknown[] = [];
    const proxy = await fakeHttp((request, response) => {
      seen.push([
        request.url,
        request.headers['proxy-authorization'],
        request.headers.authorization,
      ]);
      response.end('[]');
    });
    onTestFinished(() => proxy.close());
    await ask('http://edge.test:9081/base', `http://u:p@127.0.0.1:${proxy.port}`);
    const basic = `Basic ${Buffer.from('u:p').toString('base64')}`;
    expect(seen).toEqual([['http://edge.test:9081/base/rules', basic, 'aaa.bbb.ccc']]);
  });

  it.each(['http://edge.test', 'https://edge.test'])('its 407 is its own: %s', async (address) => {
    const proxy = await answering(
      'HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n',
    );
    const failure = await failureOf(ask(address, `http://u:geheim@127.0.0.1:${proxy}`));
    expect(failure).toMatchObject({ kind: 'unreachable', status: 407 });
    expect(String(failure)).toContain(`the proxy http://127.0.0.1:${proxy} (KPLUGIN_PROXY) wants`);
    expect(inspect(failure)).not.toContain('geheim');
  });

  it('its no to https is its own', async () => {
    const proxy = await answering('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n');
    const failure = await failureOf(ask('https://edge.test', `http://127.0.0.1:${proxy}`));
    expect(failure).toMatchObject({ kind: 'unreachable', status: 403 });
    expect(String(failure)).toContain('does not let kplugin through to https://edge.test:443');
  });

  it.each(['http://edge.test', 'https://edge.test'])('it is away: %s', async (address) => {
    const port = await answering('');
    const failure = await failureOf(ask(address, `http://127.0.0.1:${await freed(port)}`));
    expect(failure).toMatchObject({ kind: 'unreachable', exit: 3 });
    expect(String(failure)).toContain('cannot be reached');
    expect(failure).toMatchObject({ reason: expect.stringContaining('KPLUGIN_PROXY') });
  });
});

/** A proxy that gives every request the same answer. */
async function answering(answer: string): Promise<number> {
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  // A listening TCP server has a port.
  return (server.address() as net.AddressInfo).port;
}

/** Another port than the given one, on which nobody listens. */
async function freed(other: number): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A listening TCP server has a port.
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port === other ? freed(other) : port;
}
