import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { allCommands } from '../../src/commands/table.ts';
import {
  againstSchema,
  againstSchemas,
  describedCommands,
  fileOf,
  outputSchemas,
} from '../bin/output-schemas.ts';
import { writeProject } from '../e2e/deploy/project.ts';
import { openRestHost } from '../fixtures/rest-host.ts';
import { type HostWorld, hostWorld } from './host-world.ts';

const COMMANDS = await allCommands();

const SCHEMAS = [...outputSchemas()];

describe.each(SCHEMAS)('schemas/output/%s.schema.json', (name, schema) => {
  it('is draft-07 with an id of its own, a title and a description', () => {
    expect(schema).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#' });
    expect(schema.$id).toBe(`urn:kplugin:schema:output:${name}`);
    expect(schema.title).toMatch(/\w/);
    expect(schema.description).toMatch(/\w/);
  });

  it('has examples that fit it', () => {
    if (name !== 'common') expect(schema.examples?.length).toBeGreaterThan(0);
    for (const example of schema.examples ?? []) expect(againstSchema(name, example)).toEqual([]);
  });

  it('describes every property, and leaves none open that it names', () => {
    expect([...faults(schema, name)]).toEqual([]);
  });
});

it('each command has a file, and each file a command', () => {
  const commands = COMMANDS.map((command) => fileOf(command.name)).sort();
  const described = describedCommands();
  expect(described.filter((name) => !commands.includes(name))).toEqual([]);
  expect(commands.filter((name) => !described.includes(name))).toEqual([]);
});

describe('the same shape whatever the number of hosts', () => {
  const NOWHERE = '127.0.0.1:1';
  const NAME = 'kpl_shape';

  test.each([
    ['list', []],
    ['history', []],
    ['history', [NAME]],
    ['status', [NAME]],
    ['describe', [NAME]],
    ['diff', [NAME]],
  ])('%s %j', async (command, args) => {
    const world = hostWorld();
    // An eKuiper that starts no plugin when it installs one.
    const [one, other] = [await hostWith(world, NAME), await hostWith(world, NAME)];
    const answer = async (...hosts: string[]) => {
      const named = hosts.flatMap((host) => ['--host', host]);
      const { stdout, stderr } = await world.run([command, ...args, ...named, '--json']);
      expect(stderr).toBe('');
      return JSON.parse(stdout);
    };
    const alone = await answer(one);
    const both = await answer(one, other);
    expect(Object.keys(alone.data)).toEqual(['counts', 'hosts']);
    expect(Object.keys(both.data)).toEqual(['counts', 'hosts']);
    expect(alone.data.hosts[0]).toMatchObject({ host: one, ok: true, error: null });
    expect(keysOf(both.data.hosts)).toEqual([
      ...keysOf(alone.data.hosts),
      ...keysOf(alone.data.hosts),
    ]);
    const nowhere = await answer(NOWHERE);
    expect(keysOf(nowhere.data.hosts)).toEqual([['host', 'ok', 'ms', 'error']]);
    expect(nowhere).toMatchObject({
      ok: false,
      data: { counts: { failed: 1 } },
      error: nowhere.data.hosts[0].error,
    });
    const mixed = await answer(one, NOWHERE);
    expect(keysOf(mixed.data.hosts)).toEqual([
      ...keysOf(alone.data.hosts),
      ...keysOf(nowhere.data.hosts),
    ]);
    expect(mixed.error.code).toBe('not-on-every-host');
  });
});

test('doctor: hosts beside this machine, none, one or several', async () => {
  const world = hostWorld();
  const host = await hostWith(world, 'kpl_shape_ill');
  const answer = async (...args: string[]) =>
    JSON.parse((await world.run(['doctor', ...args, '--json'])).stdout).data;
  const keys = ['counts', 'sections', 'hosts'];
  const none = await answer();
  expect({ keys: Object.keys(none), hosts: none.hosts }).toEqual({ keys, hosts: [] });
  const alone = await answer('--host', host);
  expect(Object.keys(alone)).toEqual(keys);
  expect(keysOf(alone.hosts)).toEqual([['host', 'ok', 'ms', 'remarks', 'error']]);
  const two = await answer('--host', host, '--host', '127.0.0.1:1');
  expect(keysOf(two.hosts)).toEqual([...keysOf(alone.hosts), ...keysOf(alone.hosts)]);
});

test('a group is told as several hosts, whatever is in it', async () => {
  const world = hostWorld();
  const host = await hostWith(world, 'kpl_shape_one');
  await world.run(['host', 'add', 'only', host, '--group', 'few']);
  const alone = await world.run(['list', '--host', 'only']);
  expect(alone.stdout).toMatch(/^NAME +VERSION/);
  const group = await world.run(['list', '--group', 'few']);
  expect(group.stdout).toMatch(/^HOST +NAME +VERSION[\s\S]*\n1 host: 1 read\n$/);
  expect(group.code).toBe(0);
});

test('the only host fails as the command does: its own words on stderr, its own code and exit', async () => {
  const world = hostWorld();
  const nowhere = ['--host', '127.0.0.1:1'];
  for (const args of [['list'], ['history'], ['status', 'x'], ['describe', 'x']]) {
    const { code, stdout, stderr } = await world.run([...args, ...nowhere]);
    expect({ args, code, stdout }).toEqual({ args, code: 3, stdout: '' });
    expect(stderr).toContain('error: nothing listens on 127.0.0.1:1\n');
  }
});

test('what does not fit is told with its place', () => {
  const data = { counts: { read: 1 }, hosts: [{ host: 'edge1', ok: true, ms: 1 }] };
  const envelope = { ok: true, command: 'list', data, error: null };
  expect(againstSchemas(JSON.stringify(envelope)).join('\n')).toContain('list/hosts/0');
  expect(againstSchemas(JSON.stringify({ ...envelope, ok: false })).join('\n')).toContain(
    'envelope/error',
  );
  expect(againstSchemas('kplugin 1.0.0\n')).toEqual([]);
});

/** An embedded host that has a plugin. Resolves to host:port. */
async function hostWith({ folder, run }: HostWorld, name: string): Promise<string> {
  const root = mkdtempSync(path.join(folder, 'host-'));
  const { address, close } = await openRestHost(root, '1.14');
  onTestFinished(close);
  await writeProject(folder, { name, version: '1.0.0' });
  expect(await run(['install', name, '--host', address])).toMatchObject({ code: 0 });
  return address;
}

const keysOf = (rows: readonly object[]): string[][] => rows.map((row) => Object.keys(row));

/** Objects that name properties and let others in, and properties without a word about them. */
function* faults(schema: unknown, place: string): Generator<string> {
  if (typeof schema !== 'object' || schema === null) return;
  const properties = 'properties' in schema ? schema.properties : undefined;
  const isPart = /\/(if|then|else)$/.test(place);
  if (typeof properties === 'object' && properties !== null && !isPart) {
    if (!('additionalProperties' in schema)) yield `${place} is open`;
    for (const [key, one] of Object.entries(properties)) {
      if (!('description' in one || '$ref' in one)) yield `${place} ${key} has no description`;
    }
  }
  for (const [key, value] of Object.entries(schema)) {
    if (key !== 'examples') yield* faults(value, `${place}/${key}`);
  }
}
