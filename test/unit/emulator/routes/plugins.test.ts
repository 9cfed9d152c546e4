import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PluginHost } from '../../../../src/emulator/host/host.ts';
import type { RunningServer } from '../../../../src/emulator/server.ts';
import { makeZip } from '../../../fixtures/make-zip.ts';
import { openServer } from '../open-server.ts';

let root = '';
let host: PluginHost;
let server: RunningServer;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'kplugin-plugins-'));
  // 1.14 starts nothing at install, so these are about the answers alone.
  ({ host, server } = await openServer(path.join(root, 'home'), '1.14'));
});

afterEach(async () => {
  await server.close();
  await host.close();
  await rm(root, { recursive: true, force: true });
});

async function send(method: string, url: string, body?: string) {
  const response = await fetch(`${server.url}${url}`, {
    method,
    ...(body === undefined ? {} : { body }),
  });
  return { status: response.status, body: await response.text() };
}

/** A package of this name on the disk, as the body of a POST or PUT. */
async function bodyFor(name: string, executable = 'run', file = 'p.zip'): Promise<string> {
  const manifest = JSON.stringify({ language: 'go', executable, functions: ['plufn'] });
  const zip = makeZip([
    { name: `${name}.json`, text: manifest },
    { name: executable, text: 'x', mode: '755' },
  ]);
  await writeFile(path.join(root, file), zip);
  return JSON.stringify({ name, file: `file://${path.join(root, file)}` });
}

const names = (): string[] => host.list().map((info) => info.name);

describe('eKuiper compares no names', () => {
  test('PUT of one plugin with the body of another deletes the first', async () => {
    await send('POST', '/plugins/portables', await bodyFor('plu1'));
    const answer = await send('PUT', '/plugins/portables/plu1', await bodyFor('plu2'));
    expect(answer).toEqual({ status: 200, body: 'portable plugin plu2 is updated' });
    expect(names()).toEqual(['plu2']);
  });

  test('and a bad body deletes nothing', async () => {
    await send('POST', '/plugins/portables', await bodyFor('plu1'));
    expect((await send('PUT', '/plugins/portables/plu1', '{')).status).toBe(400);
    expect(names()).toEqual(['plu1']);
  });
});

describe('names that would leave the home', () => {
  test.each(['../evil', '..', '.', 'a/b', 'a\u0000b'])('%j', async (name) => {
    const answer = await send('POST', '/plugins/portables', await bodyFor(name));
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('refuses to leave its home');
    expect(await readdir(path.join(root, 'home/plugins/portable'))).toEqual([]);
  });

  test('spaces around a name do not count', async () => {
    const body = (await bodyFor('plu1')).replace('"plu1"', '"  plu1 "');
    expect((await send('POST', '/plugins/portables', body)).status).toBe(201);
    expect(names()).toEqual(['plu1']);
  });
});

test('a program below sources/ is not found, and nothing stays', async () => {
  const answer = await send('POST', '/plugins/portables', await bodyFor('plu1', 'sources/run'));
  expect(answer.body).toContain('fail to install plugin: cannot find executable');
  expect(names()).toEqual([]);
  expect(await readdir(path.join(root, 'home/plugins/portable'))).toEqual([]);
});

test('a body that ends too early, a method that is not there', async () => {
  expect((await send('POST', '/plugins/portables', '{"name":')).body).toContain('unexpected EOF');
  expect(await send('PATCH', '/plugins/portables', '{}')).toEqual({ status: 405, body: '' });
});

test('the export names what was installed, escaped as Go does', async () => {
  await send('POST', '/plugins/portables', await bodyFor('plu1', 'run', 'a&b.zip'));
  const { body } = await send('GET', '/data/export');
  expect(body).toContain('a\\\\u0026b.zip');
  const { portablePlugins } = JSON.parse(body) as { portablePlugins: Record<string, string> };
  expect(JSON.parse(portablePlugins['plu1'] ?? '')).toEqual({
    name: 'plu1',
    file: `file://${path.join(root, 'a&b.zip')}`,
    shellParas: null,
  });
});

test('two installations at once are done one after the other', async () => {
  const bodies = [await bodyFor('plu1', 'run', '1.zip'), await bodyFor('plu1', 'run', '2.zip')];
  const answers = await Promise.all(bodies.map((body) => send('POST', '/plugins/portables', body)));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 400]);
});
