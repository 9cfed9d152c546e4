import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../differential/random.ts';
import { quickFolder, temporaryFolders } from '../fixtures/tree.ts';
import { runHere } from './in-process.ts';
import { mutateJson } from './mutate-json.ts';
import { mutateText } from './mutate-text.ts';

const COUNT = Math.ceil(Number(process.env['KPLUGIN_MUTATIONS'] ?? 100_000) / 20);
const SEED = 20_261_300 + Number(process.env['KPLUGIN_SEED'] ?? 0);

const PLUGIN = {
  name: 'p',
  version: '1.0.0',
  language: 'python',
  executable: '/kuiper/plugins/portable/p/main.py',
  sources: ['cam'],
  sinks: null,
  functions: ['f'],
};
/** What a host with one plugin and one rule answers. */
const ANSWERS: Readonly<Record<string, unknown>> = {
  '/': { version: '2.4.0', os: 'linux', arch: 'amd64', upTimeSeconds: 5 },
  '/plugins/portables': [PLUGIN],
  '/plugins/portables/p': PLUGIN,
  '/plugins/portables/p/status': { status: 'running', errMsg: '', refCount: { r: 1 }, pid: 7 },
  '/rules': [{ id: 'r', status: 'running', name: 'r' }],
  '/rules/r': { id: 'r', sql: 'SELECT f(a) FROM s', actions: [{ log: {} }], options: {} },
  '/rules/r/status': { status: 'running', lastStartTimestamp: 5, source_s_0_records_in_total: 1 },
  '/streams': ['s'],
  '/config/uploads': ['/kuiper/data/uploads/p.zip'],
  '/metadata/sources/yaml/cam': { default: { interval: 1 } },
  '/data/export': {
    portablePlugins: { p: JSON.stringify({ name: 'p', file: 'file:///p.zip', shellParas: [] }) },
    rules: { r: JSON.stringify({ id: 'r', sql: 'SELECT f(a) FROM s', actions: [{ log: {} }] }) },
    streams: { s: 'CREATE STREAM s () WITH (TYPE="cam", DATASOURCE="x")' },
    tables: {},
    uploads: { 'kplugin.json': JSON.stringify({ name: 'kplugin.json', content: '{"p":[]}' }) },
  },
};
const PATHS = Object.keys(ANSWERS);
const COMMANDS = [
  ['list'],
  ['status', 'p'],
  ['describe', 'p'],
  ['history', 'p'],
  ['rollback', 'p', '--dry-run'],
];

let random = new Random(SEED);
let changed = '/';
const server = createServer((request, response) => {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const known = Object.hasOwn(ANSWERS, path);
  const text = JSON.stringify(known ? ANSWERS[path] : { error: 1002, message: 'not found' });
  const isRefusal = !known || (path === changed && random.chance(4));
  response.statusCode = isRefusal ? random.pick([400, 404, 500]) : 200;
  if (path !== changed && known) response.end(text);
  else response.end(random.chance(3) ? mutateText(text, random) : mutateJson(text, random));
});
const folder = temporaryFolders(quickFolder());
let address = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe(`${COUNT} answers of a host, seed ${SEED}`, () => {
  it('none is called a bug of kplugin', { timeout: 900_000 }, async () => {
    const cwd = folder();
    random = new Random(SEED);
    const bugs: string[] = [];
    const exits = new Set<number>();
    for (let number = 0; number < COUNT; number += 1) {
      changed = random.pick(PATHS);
      const argv = [...random.pick(COMMANDS), '--host', address, '--timeout', '2s'];
      await runHere(argv, cwd, {}).then(
        (exit) => exits.add(exit),
        (thrown: unknown) => bugs.push(`${number} ${argv.join(' ')} ${changed} ${stackOf(thrown)}`),
      );
    }
    expect(bugs.slice(0, 3)).toEqual([]);
    expect(exits).toContain(0);
    expect(exits).toContain(3);
  });
});

function stackOf(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}
