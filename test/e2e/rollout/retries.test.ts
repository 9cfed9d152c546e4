import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { kplugin } from '../../bin/run.ts';

describe('a host that is away for a moment', () => {
  let server: http.Server;
  let host: string;
  const asked: string[] = [];
  /** So many requests are answered with 503. */
  let busy = 0;

  beforeEach(async () => {
    asked.length = 0;
    server = http.createServer((request, response) => {
      request.resume();
      asked.push(`${request.method} ${request.url}`);
      busy -= 1;
      if (busy >= 0) response.writeHead(503).end('<html>busy</html>');
      else if (request.url === '/') {
        response.end(JSON.stringify({ version: '1.14.7', os: 'linux', arch: 'amd64' }));
      } else response.end(request.url === '/data/export' ? '{}' : '[]');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // A listening TCP server has a port.
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => new Promise<void>((resolve) => server.close(() => resolve())));

  const list = (...args: readonly string[]) => kplugin(['list', '--host', host, ...args]);

  test('is asked again; said under --verbose, silently otherwise while it is short', async () => {
    busy = 1;
    const quick = await list();
    expect({ code: quick.code, again: asked.slice(0, 2) }).toEqual({
      code: 0,
      again: ['GET /', 'GET /'],
    });
    expect(quick.stderr).not.toContain('trying again');
    busy = 1;
    const { stderr } = await list('--verbose');
    expect(stderr).toMatch(
      new RegExp(
        `^${host}: it answered with status 503; trying again in \\d+ ms \\(1 of 3\\)$`,
        'm',
      ),
    );
  });

  test('is said without being asked for when it takes over two seconds', async () => {
    busy = 3;
    const { code, stderr } = await list();
    expect(code).toBe(0);
    expect(stderr).toMatch(/trying again in \d+ (?:ms|s) \(3 of 3\)/);
  });

  test('is abandoned after --retries, or at once without', async () => {
    busy = 100;
    const { code } = await list('--retries', '1');
    expect({ code, asked: asked.length }).toEqual({ code: 3, asked: 2 });
    asked.length = 0;
    expect((await list('--retries', '0')).code).toBe(3);
    expect(asked).toHaveLength(1);
  });
});
