import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os, { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  fetchPackage,
  isPackageUri,
  privateAddressOf,
  streamInto,
} from '../../../../src/emulator/host/download.ts';

describe('which URIs eKuiper takes', () => {
  test.each([
    ['file:///tmp/x.zip', true],
    ['http://h/x.zip', true],
    ['https://h:8443/a/x.zip', true],
    ['FILE:///tmp/x.zip', true],
    ['file:/tmp/x.zip', true],
    ['HTTP://h/x.zip', true],
    ['file:x.zip', false],
    ['http:/x.zip', false],
    ['', false],
    ['/tmp/x.zip', false],
    ['file:///tmp/x.tar.gz', false],
    ['file://tmp/x.zip', false],
    ['http://h/x.zip?signature=1', false],
    ['http:///x.zip', false],
    ['ftp://h/x.zip', false],
    ['file:///tmp/a%zz.zip', false],
  ])('%j: %s', (uri, takes) => {
    expect(isPackageUri(uri)).toBe(takes);
  });
});

describe('fetching a package', () => {
  let folder = '';
  let base = '';
  let server: Server;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'kplugin-download-'));
    server = createServer((request, response) => {
      response.statusCode = request.url === '/good.zip' ? 200 : 404;
      response.end('content');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.close();
    await rm(folder, { recursive: true, force: true });
  });

  const get = (uri: string, target: '2.3' | '2.4' = '2.3') =>
    fetchPackage(uri, {
      target,
      into: path.join(folder, 'in.zip'),
      signal: new AbortController().signal,
    });

  test('a percent sign in a file URI is decoded, so the file of that name is not found', async () => {
    const file = path.join(folder, 'a%20b.zip');
    await writeFile(file, 'x');
    await expect(get(`file://${file}`)).rejects.toThrow(
      `fail to download file file://${file}: stat ${path.join(folder, 'a b.zip')}: no such file or directory`,
    );
  });

  test('a folder is no regular file', async () => {
    const named = path.join(folder, 'folder.zip');
    await import('node:fs/promises').then(({ mkdir }) => mkdir(named));
    await expect(get(`file://${named}`)).rejects.toThrow(`${named} is not a regular file`);
  });

  test('over HTTP, and gone after release', async () => {
    const fetched = await get(`${base}/good.zip`);
    const { readFile } = await import('node:fs/promises');
    expect(await readFile(fetched.path, 'utf8')).toBe('content');
    await fetched.release();
    await expect(readFile(fetched.path)).rejects.toThrow('ENOENT');
  });

  test('another status', async () => {
    await expect(get(`${base}/none.zip`)).rejects.toThrow(
      'cannot download the file with status: 404 404 Not Found',
    );
  });

  test('nobody listens', async () => {
    await expect(get('http://127.0.0.1:9/x.zip')).rejects.toThrow(
      /^fail to download file http:\/\/127.0.0.1:9\/x.zip: Get "http:\/\/127.0.0.1:9\/x.zip": dial tcp/,
    );
  });

  test('2.4 refuses this machine', async () => {
    await expect(get(`${base}/good.zip`, '2.4')).rejects.toThrow(
      'ip 127.0.0.1 is in internal network',
    );
  });
});

describe('internal addresses', () => {
  test.each(['127.0.0.1', '10.1.2.3', '192.168.0.9', '172.31.0.1', '169.254.1.1', '[::1]'])(
    '%s is one',
    async (name) => {
      expect(await privateAddressOf(name)).toBe(name.replace(/[[\]]/g, ''));
    },
  );
  test.each(['172.32.0.1', '8.8.8.8', '[2001:db8::1]'])('%s is none', async (name) => {
    expect(await privateAddressOf(name)).toBeNull();
  });
});

const folder = mkdtempSync(path.join(os.tmpdir(), 'kplugin-stream-into-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('writes all of a stream', async () => {
  const file = path.join(folder, 'all');
  await streamInto(Readable.from([Buffer.from('one '), Buffer.from('two')]), file);
  expect(readFileSync(file, 'utf8')).toBe('one two');
});

test('leaves nothing open where the stream breaks off: what is removed then stays away', async () => {
  const files = Array.from({ length: 50 }, (_, at) => path.join(folder, `broken-${at}`));
  await Promise.all(
    files.map(async (file) => {
      const source = new Readable({ read: () => undefined });
      source.push('half');
      const written = streamInto(source, file);
      source.destroy(new Error('it broke off'));
      await expect(written).rejects.toThrow('it broke off');
      rmSync(file, { force: true });
    }),
  );
  // Whatever was still being opened has been by the time another file is.
  await streamInto(Readable.from([]), path.join(folder, 'later'));
  expect(files.filter((file) => existsSync(file))).toEqual([]);
});

test('ends with its signal, and says where a file cannot be', async () => {
  const stop = new AbortController();
  const source = new Readable({ read: () => undefined });
  const written = streamInto(source, path.join(folder, 'stopped'), stop.signal);
  stop.abort();
  await expect(written).rejects.toThrow('aborted');
  await expect(streamInto(Readable.from(['x']), path.join(folder, 'no', 'way'))).rejects.toThrow(
    'ENOENT',
  );
});
