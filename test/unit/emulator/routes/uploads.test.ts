import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PluginHost } from '../../../../src/emulator/host/host.ts';
import type { RunningServer } from '../../../../src/emulator/server.ts';
import { openServer } from '../open-server.ts';

let root = '';
let host: PluginHost;
let server: RunningServer;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'kplugin-uploads-'));
  ({ host, server } = await openServer(root, '2.4'));
});

afterEach(async () => {
  await server.close();
  await host.close();
  await rm(root, { recursive: true, force: true });
});

const uploads = (): Promise<string[]> =>
  readdir(path.join(root, 'data/uploads'), { recursive: true });
const incoming = (): Promise<string[]> => readdir(path.join(root, 'data/incoming'));

async function post(url: string, init: RequestInit): Promise<{ status: number; body: string }> {
  const response = await fetch(`${server.url}${url}`, { method: 'POST', ...init });
  return { status: response.status, body: await response.text() };
}

const uploadJson = (body: unknown, type = 'application/json') =>
  post('/config/uploads', { body: JSON.stringify(body), headers: { 'Content-Type': type } });

const exportedUploads = async (): Promise<unknown> => {
  const response = await fetch(`${server.url}/data/export`);
  const exported: unknown = await response.json();
  return exported instanceof Object && 'uploads' in exported ? exported.uploads : null;
};

describe('JSON uploads in /data/export', () => {
  test('are there until they are deleted, also after a restart; forms are not', async () => {
    const form = new FormData();
    form.append('uploadFile', new Blob(['zip']), 'a.zip');
    await post('/config/uploads', { body: form });
    await uploadJson({ name: 'b c.json', content: 'first' });
    await uploadJson({ name: 'b c.json', content: '<second>' });
    // Recorded from 2.4.0: Go escapes < and > in the text within the text.
    const kept = { 'b c.json': '{"name":"b c.json","content":"\\u003csecond\\u003e"}' };
    expect(await exportedUploads()).toEqual(kept);
    await server.close();
    await host.close();
    ({ host, server } = await openServer(root, '2.4'));
    expect(await exportedUploads()).toEqual(kept);
    await fetch(`${server.url}/config/uploads/b%20c.json`, { method: 'DELETE' });
    expect(await exportedUploads()).toEqual({});
  });

  test('1.14 writes the empty file as well', async () => {
    await server.close();
    await host.close();
    ({ host, server } = await openServer(root, '1.14'));
    await uploadJson({ name: 'a.json', content: 'x' });
    expect(await exportedUploads()).toEqual({
      'a.json': '{"name":"a.json","content":"x","file":""}',
    });
  });
});

describe('a form', () => {
  test('only the base name of the file counts, and it replaces what is there', async () => {
    for (const content of ['first', 'second']) {
      const form = new FormData();
      form.append('other', 'ignored');
      form.append('uploadFile', new Blob([content]), '../../a.txt');
      expect(await post('/config/uploads', { body: form })).toEqual({
        status: 201,
        body: path.join(root, 'data/uploads/a.txt'),
      });
    }
    expect(await readFile(path.join(root, 'data/uploads/a.txt'), 'utf8')).toBe('second');
    expect(await incoming()).toEqual([]);
  });

  test('without the field', async () => {
    const form = new FormData();
    form.append('file', new Blob(['x']), 'a.txt');
    const answer = await post('/config/uploads', { body: form });
    expect(answer.body).toContain('Error Retrieving the File: http: no such file');
    expect(await uploads()).toEqual([]);
  });

  test.each([
    ['multipart/form-data; boundary=x', 'no parts', 'multipart: NextPart: EOF'],
    [
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="uploadFile"; filename="a"\r\n\r\nhalf',
      'multipart: NextPart: EOF',
    ],
    ['multipart/form-data', 'x', 'no multipart boundary param in Content-Type'],
    ['text/plain', 'x', "request Content-Type isn't multipart/form-data"],
  ])('%s with %j', async (type, body, words) => {
    const answer = await post('/config/uploads', { body, headers: { 'Content-Type': type } });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain(`Error parse the multi part form: ${words}`);
    expect([await uploads(), await incoming()]).toEqual([[], []]);
  });

  test('that breaks off leaves nothing', async () => {
    const sent = request(`${server.url}/config/uploads`, {
      method: 'POST',
      headers: { 'Content-Type': 'multipart/form-data; boundary=x', 'Content-Length': '1000000' },
    });
    sent.on('error', () => undefined);
    const head = 'Content-Disposition: form-data; name="uploadFile"; filename="half.zip"';
    sent.write(`--x\r\n${head}\r\n\r\nhalf of it`);
    await expect.poll(incoming).toHaveLength(1);
    sent.destroy();
    await expect.poll(incoming).toEqual([]);
    expect(await uploads()).toEqual([]);
  });
});

describe('JSON', () => {
  test('the content itself, also into a folder', async () => {
    const answer = await uploadJson({ name: 'sub/a.txt', content: 'text' });
    expect(answer).toEqual({ status: 201, body: path.join(root, 'data/uploads/sub/a.txt') });
    expect(await readFile(path.join(root, 'data/uploads/sub/a.txt'), 'utf8')).toBe('text');
  });

  test('a file to fetch', async () => {
    const source = path.join(root, 'source.txt');
    await import('node:fs/promises').then(({ writeFile }) => writeFile(source, 'fetched'));
    expect(await uploadJson({ name: 'b.txt', file: `file://${source}` })).toMatchObject({
      status: 201,
    });
    expect(await readFile(path.join(root, 'data/uploads/b.txt'), 'utf8')).toBe('fetched');
  });

  test.each([
    ['nothing in it', {}, 'invalid body: content or FilePath is required'],
    ['no name', { content: 'x' }, 'invalid body: name is required'],
    ['out of the folder', { name: '../../x', content: 'x' }, 'path escapes from parent'],
    ['the folder itself', { name: '.', content: 'x' }, 'openat .: is a directory'],
    ['no URI', { name: 'x', file: '/etc/passwd' }, 'invalid uri /etc/passwd'],
  ])('%s', async (_title, body, words) => {
    const answer = await uploadJson(body);
    expect(answer.status).toBe(400);
    expect(answer.body).toContain(words);
    expect(await uploads()).toEqual([]);
  });

  test('with a charset is taken for a form, as eKuiper does', async () => {
    const answer = await uploadJson({ name: 'a', content: 'x' }, 'application/json; charset=utf-8');
    expect(answer.body).toContain("request Content-Type isn't multipart/form-data");
  });
});

test('deleting never leaves the folder', async () => {
  const response = await fetch(`${server.url}/config/uploads/..%2f..%2fdata`, { method: 'DELETE' });
  expect(response.status).toBe(404);
  const dots = await fetch(`${server.url}/config/uploads/%2e%2e`, { method: 'DELETE' });
  expect(dots.status).toBe(404);
  expect(await readdir(root)).toContain('data');
});

describe('web pages', () => {
  const list = (headers: Record<string, string>) =>
    new Promise<number>((resolve, reject) => {
      const sent = request(`${server.url}/plugins/portables`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      sent.on('error', reject);
      sent.end();
    });

  test.each([
    ['another origin', { Origin: 'https://example.org' }],
    ['a file', { Origin: 'null' }],
    ['a name that leads here', { Host: 'example.org', Origin: 'http://example.org' }],
  ])('of %s get no answer', async (_title, headers) => {
    expect(await list(headers)).toBe(403);
  });

  test('of this server, and programs, do', async () => {
    const { host: own } = new URL(server.url);
    expect(await list({ Origin: server.url, Host: own })).toBe(200);
    expect(await list({})).toBe(200);
    expect(await list({ Host: 'localhost:9081' })).toBe(200);
  });
});
