import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { download } from '../../../../src/deploy/install/download.ts';
import { scratch } from '../../client/auth/keys.ts';
import { fakeTcp } from '../../client/fake-server.ts';
import { CHUNKED, chunks, ENDLESS, flooding } from '../../client/flooding.ts';

const watcher = { waiting: () => {}, settled: () => {} };

async function failureOf(url: string): Promise<unknown> {
  const options = {
    scratch: await scratch(),
    signal: new AbortController().signal,
    limit: null,
    watcher,
  };
  return download(url, options).then(
    () => null,
    (thrown: unknown) => thrown,
  );
}

/** All that people may get to see of an error. */
function shown(thrown: unknown): string {
  return thrown instanceof Error ? String(thrown) + JSON.stringify(thrown) : '';
}

describe('a URL with a user and password', () => {
  it.each([
    'http://me:s3cret@127.0.0.1:1/x.zip',
    'https://s3cret@127.0.0.1:1/x.zip',
    'http://me:s3%40cret@127.0.0.1:1/x.zip?token=s3',
    'http://me:s3cret/x@127.0.0.1/x.zip',
  ])('is refused before anything is sent, and not repeated: %s', async (url) => {
    const failure = await failureOf(url);
    expect(failure).toMatchObject({ code: 'password-in-url', exit: 2 });
    expect(failure).toMatchObject({ hint: expect.stringContaining('curl --netrc -o plugin.zip') });
    expect(shown(failure)).not.toMatch(/s3|cret/);
  });
});

it('an "@" in a path is no password; what fails on the way does not repeat a query', async () => {
  const server = await serving((_request, response) => {
    response.writeHead(302, { location: 'ftp://elsewhere/x' }).end();
  });
  const failure = await failureOf(`${server}/a@1.0.zip?token=s3cret`);
  expect(failure).toMatchObject({ code: 'download-failed', exit: 3 });
  expect(shown(failure)).toContain('/a@1.0.zip cannot be downloaded');
  expect(shown(failure)).not.toContain('s3cret');
});

it.each([
  `http://${'a'.repeat(10_000)}/x.zip`,
  `http://${'a.'.repeat(5000)}a/x.zip`,
  `ftp://${'a'.repeat(10_000)}/x.zip`,
])(
  'a redirect to a name that is too long for one is not repeated at length (%#)',
  async (location) => {
    const server = await serving((_request, response) =>
      response.writeHead(302, { location }).end(),
    );
    const failure = await failureOf(`${server}/a.zip`);
    expect(failure).toMatchObject({ code: 'download-failed', exit: 3 });
    expect(String(failure).length).toBeLessThan(500);
  },
);

describe('what a server does before it sends the package', () => {
  const ZIP = randomBytes(300_000);

  async function got(listener: RequestListener): Promise<unknown> {
    const [server, other] = [await serving(listener), await serving(listener)];
    elsewhere = other;
    const options = {
      scratch: await scratch(),
      signal: new AbortController().signal,
      limit: null,
      watcher,
    };
    return download(`${server}/a.zip?token=s3cret`, options).then(
      async (file) => (await readFile(file)).equals(ZIP),
      (thrown: unknown) => shown(thrown),
    );
  }
  let elsewhere = '';

  it.each([301, 302, 303, 307, 308])('%d leads on, here and elsewhere', async (status) => {
    const asked: string[] = [];
    const found = await got(({ url = '', method, headers }, response) => {
      asked.push(`${method} ${url} ${headers.authorization ?? ''}`.trim());
      const location = { '/a.zip?token=s3cret': 'b/c?x=1', '/b/c?x=1': `${elsewhere}/d#e` }[url];
      if (location) response.writeHead(status, { location }).end('not here');
      else response.end(ZIP);
    });
    expect(found).toBe(true);
    expect(asked).toEqual(['GET /a.zip?token=s3cret', 'GET /b/c?x=1', 'GET /d']);
  });

  it.each([
    ['/a.zip', 'the server redirects too often'],
    ['ftp://elsewhere/x', 'neither http nor https'],
    ['file:///etc/passwd', 'neither http nor https'],
    ['http://me:hidden@127.0.0.1/', 'a URL with a user and password'],
    ['http://[', 'an invalid URL'],
  ])('a redirect to %s is an error', async (location, why) => {
    const found = await got((_request, response) => response.writeHead(302, { location }).end());
    expect(found).toContain('/a.zip cannot be downloaded');
    expect(found).toContain(why);
    expect(found).not.toMatch(/s3cret|hidden/);
  });

  it.each([
    ['gzip', gzipSync(ZIP)],
    ['X-GZip', gzipSync(ZIP)],
    ['deflate', deflateSync(ZIP)],
    ['br', brotliCompressSync(ZIP)],
    ['identity', ZIP],
  ])('%s for the way is taken off', async (encoding, body) => {
    const found = await got((_request, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(body),
    );
    expect(found).toBe(true);
  });

  it.each<[string, RequestListener, RegExp]>([
    ['nothing', (_request, response) => response.writeHead(204).end(), /the answer is empty/],
    ['an error', (_request, response) => response.writeHead(503).end(ZIP), /answered 503/],
    [
      'a redirect to nowhere',
      (_request, response) => response.writeHead(302).end(),
      /answered 302/,
    ],
    [
      'a part',
      (_request, response) => {
        response.writeHead(200, { 'content-length': ZIP.length });
        response.write(ZIP.subarray(0, 1000), () => response.destroy());
      },
      /cannot be downloaded: /,
    ],
    [
      'a part of what was compressed',
      (_request, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' });
        response.end(gzipSync(ZIP).subarray(0, 1000));
      },
      /cannot be downloaded: unexpected end of file/,
    ],
    [
      'what is not compressed as it says',
      (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(ZIP),
      /cannot be downloaded: incorrect header check/,
    ],
  ])('%s is an error', async (_title, listener, why) => {
    expect(await got(listener)).toMatch(why);
  });

  it.each<[string, RequestListener]>([
    ['headers', () => {}],
    ['the rest', (_request, response) => void response.write(ZIP.subarray(0, 1000))],
    [
      'where to',
      (_request, response) => void response.writeHead(302, { location: '/a.zip' }).write('x'),
    ],
  ])('Ctrl-C ends the wait for %s', async (_title, listener) => {
    const interrupt = new AbortController();
    let asked = 0;
    const server = await serving((request, response) => {
      asked += 1;
      setImmediate(() => interrupt.abort(new Error('Ctrl-C')));
      listener(request, response);
    });
    const options = { scratch: await scratch(), signal: interrupt.signal, limit: null, watcher };
    await expect(download(`${server}/a.zip`, options)).rejects.toThrow('Ctrl-C');
    expect(asked).toBeGreaterThan(0);
  });
});

it('ends a flood of interim answers, and takes a few', async () => {
  let count = 16;
  const server = await serving((_request, response) => {
    for (let sent = 0; sent < count; sent += 1) response.writeProcessing();
    if (count === 16) response.end('a package');
  });
  const options = {
    scratch: await scratch(),
    signal: new AbortController().signal,
    limit: null,
    watcher,
  };
  expect(await readFile(await download(`${server}/a.zip`, options), 'utf8')).toBe('a package');
  count = 17;
  const failure = await failureOf(`${server}/a.zip`);
  expect(failure).toMatchObject({ code: 'download-failed', exit: 3 });
  expect(shown(failure)).toContain('more than 16 interim answers');
});

describe('what goes around a package on the wire', () => {
  it.each([
    ['chunk extensions', CHUNKED, `1;${'x'.repeat(5000)}\r\n \r\n`],
    ['one chunk extension', `${CHUNKED}1;`, 'x'],
    ['blank lines before the status line', '', '\r\n'],
    ['trailers', `${CHUNKED}0\r\n`, 'x: y\r\n'],
    ['103 Early Hints', '', 'HTTP/1.1 103 Early Hints\r\n\r\n'],
  ])('is read to a bound: endless %s', async (_kind, head, again) => {
    const { host, sent } = await flooding(head, again);
    const failure = await failureOf(`http://${host}/a.zip?token=s3cret`);
    expect(failure).toMatchObject({ code: 'download-failed', exit: 3 });
    expect(shown(failure)).not.toContain('s3cret');
    // What the system takes of it before it is read counts too.
    expect(sent()).toBeLessThan(ENDLESS);
  });

  it.each<[string, Buffer, Buffer]>([
    // A stored block of no bytes (RFC 1951, section 3.2.4), in the middle of a member.
    ['empty blocks', gzipSync('').subarray(0, 10), Buffer.from([0, 0, 0, 255, 255])],
    ['empty members', Buffer.alloc(0), gzipSync('')],
  ])(
    'is read to a bound in what is compressed for the way: endless %s',
    async (_kind, start, again) => {
      const head = 'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n';
      const { host, sent } = await flooding(
        Buffer.concat([Buffer.from(head), start]),
        Buffer.concat(Array(4000).fill(again)),
      );
      const failure = await failureOf(`http://${host}/a.zip`);
      expect(shown(failure)).toMatch(/cannot be downloaded: it sent \d+ bytes that unpack to 0/);
      expect(sent()).toBeLessThan(ENDLESS);
    },
  );

  it('is told with what it was', async () => {
    const { host } = await flooding(CHUNKED, `1;${'x'.repeat(5000)}\r\n \r\n`);
    expect(shown(await failureOf(`http://${host}/a.zip`))).toMatch(
      /cannot be downloaded: it sent \d+ bytes to give \d+ bytes of an answer/,
    );
  });

  it('is bounded behind a redirect too', async () => {
    const { host, sent } = await flooding(CHUNKED, `1;${'x'.repeat(5000)}\r\n \r\n`);
    const server = await serving((_request, response) =>
      response.writeHead(302, { location: `http://${host}/b.zip` }).end(),
    );
    expect(shown(await failureOf(`${server}/a.zip`))).toMatch(/it sent \d+ bytes to give/);
    expect(sent()).toBeLessThan(ENDLESS);
  });

  it('may be chunks of one byte, and more than is allowed beside a small answer', async () => {
    const text = 'a'.repeat(400_000);
    const server = await fakeTcp((socket) => {
      socket.once('data', () => socket.write(`${CHUNKED}${chunks(text)}0\r\n\r\n`));
    });
    onTestFinished(() => server.close());
    const options = {
      scratch: await scratch(),
      signal: new AbortController().signal,
      limit: null,
      watcher,
    };
    const file = await download(`http://127.0.0.1:${server.port}/a.zip`, options);
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  it('is counted for each of two downloads by itself', async () => {
    const flood = await flooding(CHUNKED, `1;${'x'.repeat(5000)}\r\n \r\n`);
    const ZIP = randomBytes(3_000_000);
    const server = await serving((_request, response) => void response.end(ZIP));
    const options = {
      scratch: await scratch(),
      signal: new AbortController().signal,
      limit: null,
      watcher,
    };
    const [failure, file] = await Promise.all([
      failureOf(`http://${flood.host}/a.zip`),
      download(`${server}/b.zip`, options),
    ]);
    expect(shown(failure)).toMatch(/it sent \d+ bytes to give/);
    expect((await readFile(file)).equals(ZIP)).toBe(true);
  });
});

async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  // A listening TCP server has a port.
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

describe('a server that sends a byte from time to time', () => {
  const dripping = () =>
    serving((_request, response) => {
      const drip = setInterval(() => response.write('x'), 10);
      response.on('close', () => clearInterval(drip));
    });

  it('has a limit for all of it, and what was seen is told', async () => {
    const url = `${await dripping()}/a.zip`;
    const options = { scratch: await scratch(), signal: new AbortController().signal, watcher };
    await expect(download(url, { ...options, limit: null }, 300)).rejects.toMatchObject({
      code: 'download-failed',
      message: `${url} cannot be downloaded: it takes too long`,
      reason: expect.stringMatching(/^after 300 ms \d+ bytes had come, and it had not ended$/),
      hint: expect.stringContaining('wait longer: --timeout 1m; or download it yourself'),
    });
  });

  it('may take as long as --timeout says, if that is longer', async () => {
    const options = { scratch: await scratch(), signal: new AbortController().signal, watcher };
    const waiting = download(`${await dripping()}/a.zip`, { ...options, limit: 400 }, 1);
    await expect(waiting).rejects.toMatchObject({ reason: expect.stringContaining('400 ms') });
  });
});
