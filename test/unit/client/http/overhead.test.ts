import { afterEach, describe, expect, it } from 'vitest';
import { clientFor, type FakeServer, fakeTcp } from '../fake-server.ts';
import { CHUNKED, chunks, ENDLESS, flooding } from '../flooding.ts';
import { hostFailureOf } from '../host-failure-of.ts';

const servers: FakeServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const INFO = '{"version":"2.4.0","os":"linux","upTimeSeconds":1}';

/** A host that gives these answers one after the other, whatever is asked. */
async function answering(...answers: readonly string[]): Promise<string> {
  const left = [...answers];
  const server = await fakeTcp((socket) => {
    socket.on('data', () => socket.write(left.shift() ?? ''));
  });
  servers.push(server);
  return `127.0.0.1:${server.port}`;
}

describe('what goes around an answer', () => {
  it.each([
    ['103 Early Hints', '', 'HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n'],
    ['102 Processing', '', 'HTTP/1.1 102 Processing\r\n\r\n'],
    ['199 without a name', '', 'HTTP/1.1 199\r\n\r\n'],
    ['chunk extensions', CHUNKED, `1;${'x'.repeat(5000)}\r\n \r\n`],
    ['one chunk extension', `${CHUNKED}1;`, 'x'],
    ['blank lines before the status line', '', '\r\n'],
    ['headers', 'HTTP/1.1 200 OK\r\n', 'x: y\r\n'],
    ['one header', 'HTTP/1.1 200 OK\r\nx: ', 'y'],
    ['white space in a header', 'HTTP/1.1 200 OK\r\nx:', ' '],
    ['trailers', `${CHUNKED}0\r\n`, 'x: y\r\n'],
  ])('is read to a bound: endless %s', async (_kind, head, again) => {
    const { host, sent } = await flooding(head, again);
    expect(await hostFailureOf(clientFor(host).info())).toMatchObject({
      kind: 'wrong-service',
      message: `${host} answered with more than eKuiper ever does`,
    });
    // What the system takes of it before it is read counts too.
    expect(sent()).toBeLessThan(ENDLESS);
  });

  it.each(['100 Continue', '101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x'])(
    'nobody asked for: endless %s',
    async (status) => {
      const { host, sent } = await flooding('', `HTTP/1.1 ${status}\r\n\r\n`);
      expect(await hostFailureOf(clientFor(host).info())).toMatchObject({
        kind: 'dropped',
        message: `${host} answered as eKuiper never does`,
        reason: 'it sent HTTP status 100 or 101, which kplugin had not asked for',
      });
      expect(sent()).toBeLessThan(ENDLESS);
    },
  );

  it('may be some interim answers', async () => {
    const hint = 'HTTP/1.1 103 Early Hints\r\n\r\n';
    const answer = `HTTP/1.1 200 OK\r\nContent-Length: ${INFO.length}\r\n\r\n${INFO}`;
    const client = clientFor(await answering(`${hint.repeat(16)}${answer}`));
    expect(await client.info()).toMatchObject({ version: '2.4.0' });
    const more = await answering(hint.repeat(17));
    expect(await hostFailureOf(clientFor(more).info())).toMatchObject({
      reason: 'it sent more than 16 interim answers (HTTP status 1xx)',
    });
  });

  it('may be chunks of one byte, and is counted for each answer by itself', async () => {
    const plugin = (name: string): string =>
      JSON.stringify({ name, version: '1'.repeat(200_000), functions: ['ä'] });
    const whole = (text: string): string => `${CHUNKED}${chunks(text)}0\r\n\r\n`;
    const ascii = (name: string): string => whole(plugin(name).replace('ä', '\\u00e4'));
    const client = clientFor(await answering(ascii('a'), ascii('b'), ascii('c')));
    for (const name of ['a', 'b', 'c']) {
      expect(await client.plugin(name)).toMatchObject({ name, functions: ['ä'] });
    }
  });
});

describe('an answer about another plugin', () => {
  it('is none', async () => {
    const other = '{"name":"p2\\u001b[1m","functions":[]}';
    const host = await answering(
      `HTTP/1.1 200 OK\r\nContent-Length: ${other.length}\r\n\r\n${other}`,
    );
    const thrown = await hostFailureOf(clientFor(host).plugin('p1'));
    expect(thrown.kind).toBe('wrong-service');
    expect(thrown.message).toContain(
      'is not eKuiper: asked for plugin p1, it answered with plugin p2',
    );
    expect(thrown.message).not.toContain('\u001b');
  });
});
