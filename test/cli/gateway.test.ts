import { chmodSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hostWorld } from './host-world.ts';

const KEY = 'gateway-key-4f1c9d0a77e2';
const SHORT = 'k3y!';

/** A gateway that lets requests with its key through and repeats all headers in what it refuses. */
async function gateway(key: string): Promise<string> {
  const server = createServer((request, response) => {
    if (request.headers['x-api-key'] !== key) {
      const words = `401 Unauthorized: ${JSON.stringify(request.headers)}`;
      response.writeHead(401, { 'content-type': 'text/plain' }).end(words);
    } else if (request.url === '/') {
      response.end('{"version":"2.4.0","os":"linux","arch":"amd64","upTimeSeconds":1}');
    } else response.end(request.url === '/data/export' ? '{}' : '[]');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // A listening TCP server has a port.
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe.each([KEY, SHORT])('a gateway that wants a header (%s)', (key) => {
  it('gets it from a flag, a file or hosts.json', async () => {
    const [world, host] = [hostWorld(), await gateway(key)];
    expect((await world.run(['list', '--host', host])).code).toBe(3);
    const flag = await world.run(['list', '--host', host, '--header', `X-Api-Key: ${key}`]);
    expect(flag).toMatchObject({ code: 0 });
    const file = path.join(world.folder, 'headers');
    writeFileSync(file, `x-api-key: ${key}\n`);
    chmodSync(file, 0o600);
    expect((await world.run(['list', '--host', host, '--header-file', 'headers'])).code).toBe(0);
    await world.run(['host', 'add', 'edge1', host, '--header-file', 'headers']);
    expect((await world.run(['list', '--host', 'edge1'])).code).toBe(0);
    const shown = await world.run(['host', 'show', 'edge1']);
    expect(shown.stdout).toContain(file);
    expect(shown.stdout + shown.stderr).not.toContain(key);
  });

  it.each([
    ['list'],
    ['list', '--json'],
    ['list', '--verbose'],
    ['doctor', '--json'],
    ['install', 'x.zip', '--dry-run'],
    ['host', 'show', '--json'],
  ])('is never shown where that fails: %s %s', async (...args) => {
    const [world, host] = [hostWorld(), await gateway('another-key-that-is-wanted')];
    writeFileSync(path.join(world.folder, 'x.zip'), 'no zip');
    const { stdout, stderr } = await world.run(
      [...args, '--host', host, '--header', `X-Api-Key: ${key}`],
      { KPLUGIN_TOKEN: 'Bearer one.two.three' },
    );
    expect(stdout + stderr).not.toContain(key);
    expect(stdout + stderr).not.toContain('one.two.three');
  });
});

it('a 401 of a gateway is not called the words of eKuiper', async () => {
  const [world, host] = [hostWorld(), await gateway(KEY)];
  const { stderr } = await world.run(['list', '--host', host]);
  expect(stderr).toContain('wants a login of its own');
  expect(stderr).toContain('--header-file');
  expect(stderr).not.toContain("host's own words");
});
