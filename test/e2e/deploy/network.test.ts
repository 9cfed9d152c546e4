import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { BIN, cleanEnv } from '../../bin/run.ts';
import { sdkPython } from '../../toolchain/python.ts';
import { describeWith } from '../../toolchain/require.ts';
import { type Fault, FaultyProxy } from './faulty-proxy.ts';
import { writeProject } from './project.ts';
import { World } from './world.ts';

await describeWith('a network that gives trouble', sdkPython, (python) => {
  let world: World;
  const closers: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    world = await World.open(python);
  });
  afterAll(() => world.close());
  afterEach(async () => {
    await Promise.all(closers.splice(0).map((close) => close()));
  });

  async function behind(fault: Fault): Promise<FaultyProxy> {
    const proxy = await FaultyProxy.start(world.host, fault);
    closers.push(() => proxy.close());
    return proxy;
  }

  async function page(status: number, body: string): Promise<string> {
    const server = http.createServer((request, response) => {
      request.resume();
      response.writeHead(status, { 'content-type': 'text/html' }).end(body);
    });
    return listen(server);
  }

  async function listen(server: http.Server): Promise<string> {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => new Promise((resolve) => server.close(() => resolve())));
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  test('the wrong port', async () => {
    const { code, stdout, stderr } = await world.run(['list'], '127.0.0.1:1');
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^error: nothing listens on 127\.0\.0\.1:1\n/m);
  });

  test('a web page instead of JSON', async () => {
    const host = await page(200, '<!doctype html><title>Router</title>');
    const { code, stderr } = await world.run(['list', '--json'], host);
    expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
    const run = await world.run(['list'], host);
    expect(run.stderr).toContain(
      `error: ${host} answered with a web page ("Router"), not as eKuiper does\n`,
    );
  });

  test('a host that hangs is abandoned after --timeout', async () => {
    const proxy = await behind({ request: /^GET/, at: 'hang' });
    const { code, stderr } = await world.run(['list', '--timeout', '300ms'], proxy.host);
    expect(code).toBe(3);
    expect(stderr).toContain('took the request and did not answer in time');
    expect(proxy.hit).toEqual(['GET / HTTP/1.1']);
  });

  test('a URL is downloaded here and uploaded there; what is secret in it is never shown', async () => {
    const name = 'kpl_url';
    await writeProject(world.folder, { name, version: '1.0.0' });
    const zip = path.join(world.folder, 'kpl_url.zip');
    expect((await world.run(['pack', name, '-o', zip])).code).toBe(0);
    const server = http.createServer((request, response) => {
      if (request.url?.startsWith('/kpl_url.zip')) createReadStream(zip).pipe(response);
      else response.writeHead(404).end('no');
    });
    const url = `http://${await listen(server)}`;
    const found = await world.run(['install', `${url}/kpl_url.zip?token=s3cret`]);
    expect(found.stdout).toContain(`installed ${name} 1.0.0 on ${world.host}: running`);
    const missing = await world.run(['install', `${url}/other.zip?token=s3cret`]);
    expect(missing.code).toBe(3);
    expect(missing.stderr).toContain(
      `error: ${url}/other.zip cannot be downloaded: the server answered 404\n`,
    );
    expect([found, missing].map((run) => run.stdout + run.stderr).join()).not.toContain('s3cret');
  });

  test('the answer to POST is lost: asking shows that it was done', async () => {
    const name = 'kpl_lost';
    await writeProject(world.folder, { name, version: '1.0.0' });
    const proxy = await behind({ request: /^POST \/plugins/, at: 'after' });
    const { code, stdout, stderr } = await world.run(['install', name], proxy.host);
    expect(stderr).toContain(
      'closed the connection before it had answered; asking whether it got there',
    );
    expect(stdout).toContain('connection lost; verified on the host');
    expect(code).toBe(0);
    expect(proxy.hit).toEqual(['POST /plugins/portables HTTP/1.1']);
    expect((await world.run(['status', name])).code).toBe(0);
  });

  test('an update never arrives: asking shows that the old one still runs', async () => {
    const name = 'kpl_never';
    await writeProject(world.folder, { name, version: '1.0.0' });
    expect((await world.run(['install', name])).code).toBe(0);
    await writeProject(world.folder, { name, version: '2.0.0' });
    const proxy = await behind({ request: /^PUT/, at: 'before' });
    const { code, stderr } = await world.run(['install', name], proxy.host);
    expect(code).toBe(3);
    expect(stderr).toContain(`; ${name} 1.0.0 runs as before\n`);
    expect((await world.run(['status', name])).stdout).toContain(`${name} 1.0.0`);
  });

  test('the upload breaks off: nothing was registered', async () => {
    const name = 'kpl_torn';
    await writeProject(world.folder, { name, version: '1.0.0' });
    const proxy = await behind({ request: /^POST \/config/, at: 'before' });
    const { code, stderr } = await world.run(['install', name], proxy.host);
    expect(code).toBe(3);
    expect(stderr).toContain('nothing was registered');
    expect((await world.run(['status', name])).code).toBe(3);
  });

  test('an interrupt while the host installs leaves what was there before', async () => {
    const name = 'kpl_stopped';
    await writeProject(world.folder, { name, version: '1.0.0' });
    const proxy = await behind({ request: /^POST \/plugins/, at: 'hang' });
    const child = spawn(process.execPath, [BIN, 'install', name, '--host', proxy.host], {
      cwd: world.folder,
      env: cleanEnv(),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (text: Buffer) => {
      stderr += text.toString();
    });
    const exit = once(child, 'exit');
    await expect.poll(() => proxy.hit.length, { timeout: 30_000 }).toBe(1);
    child.kill('SIGINT');
    expect((await exit)[0]).toBe(130);
    expect(stderr).toContain(
      `error: interrupted while ${proxy.host} was installing ${name} 1.0.0; ${proxy.host} has no ${name}, as before\n`,
    );
  });

  test('the answer to DELETE is lost: asking shows that it is gone', async () => {
    const name = 'kpl_vanished';
    await writeProject(world.folder, { name, version: '1.0.0' });
    expect((await world.run(['install', name])).code).toBe(0);
    const proxy = await behind({ request: /^DELETE/, at: 'after' });
    const { code, stdout } = await world.run(['remove', name, '--yes'], proxy.host);
    expect(code).toBe(0);
    expect(stdout).toContain(`removed ${name} 1.0.0`);
    expect((await world.run(['status', name])).code).toBe(3);
  });
});
