import http from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allCommands } from '../../../src/commands/table.ts';
import { kplugin } from '../../bin/run.ts';
import { pkcs8, rsaPair } from '../../unit/client/auth/keys.ts';
import { type SecretWorld, secretWorld, type Traces, traces } from './secret-world.ts';

const COMMANDS = await allCommands();

/** What each command that talks to a host needs on its command line; a new one has to be named here. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  install: ['plugin', '--allow-install-script'],
  rollback: ['probe', '--yes'],
  restart: ['probe', '--yes'],
  remove: ['probe', '--yes'],
  prune: ['--yes'],
  list: [],
  describe: ['probe'],
  status: ['probe'],
  doctor: [],
  diff: ['plugin'],
  history: [],
  'host test': ['HOST'],
  'host show': ['HOST'],
};

const TALKING = COMMANDS.filter(
  ({ flags }) => 'keyFile' in flags && flags['keyFile']?.env !== false,
);

let world: SecretWorld;
let left: Traces;
beforeAll(async () => {
  world = await secretWorld(pkcs8(rsaPair()));
  left = await traces(world.folder, /^edge1\.(pem|jwt)$/);
});
afterAll(() => world.close());

it('every command that takes tokens is looked at', () => {
  expect(TALKING.map(({ name }) => name).sort()).toEqual(Object.keys(ARGUMENTS).sort());
});

const KINDS = ['token', 'token-file', 'key-file'] as const;

describe.each([
  ['refuse', 0],
  ['echo', 1],
  ['serve', 2],
] as const)('a host that will %s', (mood, turn) => {
  // Each command meets each kind of credentials once, in turn with the moods of the host.
  const cases = TALKING.map(({ name }, at) => [name, KINDS[(at + turn) % 3] ?? 'token'] as const);
  it.each(cases)('%s with a %s shows none of it', { timeout: 120_000 }, async (name, by) => {
    world.mood = mood;
    world.seen.clear();
    const args = (ARGUMENTS[name] ?? []).map((arg) => (arg === 'HOST' ? world.host : arg));
    const env = {
      ...left.env,
      KPLUGIN_HOST: world.host,
      KPLUGIN_RETRIES: '0',
      ...world.credentials(by),
    };
    const runs = ['--json', '--verbose'].map((flag) =>
      kplugin([...name.split(' '), ...args, flag], { cwd: world.folder, env }),
    );
    for (const run of await Promise.all(runs)) {
      expect(run.code).not.toBe(70);
      expect(world.leaksIn(run.stdout + run.stderr)).toEqual([]);
    }
    if (name !== 'host show') expect(world.seen.size).toBeGreaterThan(0);
    for (const child of await left.children()) expect(world.leaksIn(child)).toEqual([]);
    for (const [file, text] of await left.files()) {
      expect([file, ...world.leaksIn(text)]).toEqual([file]);
    }
  });
});

it('would notice: the programs that doctor starts are looked at', async () => {
  const programs = (await left.children()).map((line) => {
    // What the spy writes.
    const { file, envPairs } = JSON.parse(line) as { file: string; envPairs: string[] };
    expect(envPairs.some((pair) => pair.startsWith('PATH='))).toBe(true);
    expect(envPairs.filter((pair) => pair.startsWith('KPLUGIN_'))).toEqual([]);
    return file;
  });
  expect(programs.map((file) => path.basename(file))).toContain('go');
});

it('would notice: the token is in what the host echoes', async () => {
  world.mood = 'echo';
  const text = await new Promise<string>((resolve, reject) => {
    const headers = { authorization: world.token };
    http
      .get(`http://${world.host}/rules`, { headers }, (answer) => {
        answer.setEncoding('utf8');
        let body = '';
        answer.on('data', (part: string) => {
          body += part;
        });
        answer.on('end', () => resolve(body));
      })
      .on('error', reject);
  });
  expect(world.leaksIn(text)).not.toEqual([]);
});
