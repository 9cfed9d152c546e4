import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { kplugin, type Run } from '../../bin/run.ts';
import { FaultyProxy } from '../deploy/faulty-proxy.ts';
import { writeProject } from '../deploy/project.ts';
import { ManyHosts } from './many-hosts.ts';
import { steady } from './steady.ts';

const NAME = 'kpl_oper';
const NOWHERE = '127.0.0.1:1';

/** The tests are the days of one fleet: each finds what the one before left. */
describe('a fleet of four: three have 1.1.0, one has 1.0.0 only', () => {
  let folder: string;
  let many: ManyHosts;
  const proxies: FaultyProxy[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'kplugin-fleet-'));
    many = await ManyHosts.open(4);
    await writeProject(folder, { name: NAME, version: '1.0.0' });
    expect((await run(['install', NAME], all())).code).toBe(0);
    await writeProject(folder, { name: NAME, version: '1.1.0' });
    expect((await run(['install', NAME], all().slice(0, 3))).code).toBe(0);
  });
  afterEach(() => Promise.all(proxies.splice(0).map((proxy) => proxy.close())));
  afterAll(async () => {
    await many.close();
    await rm(folder, { recursive: true, force: true });
  });

  const all = (): string[] => many.all.map(({ address }) => address);
  const versions = (): (string | undefined)[] =>
    many.all.map(({ host }) => host.list()[0]?.version);
  const run = (args: readonly string[], hosts: readonly string[]): Promise<Run> =>
    kplugin([...args, ...hosts.flatMap((host) => ['--host', host])], { cwd: folder });

  /** The hosts, one of them behind a way on which such requests break off. */
  async function broken(index: number, request: RegExp): Promise<string[]> {
    const proxy = await FaultyProxy.start(all()[index] ?? '', { request, at: 'before' });
    proxies.push(proxy);
    return all().map((host, at) => (at === index ? proxy.host : host));
  }

  async function seen(
    name: string,
    args: readonly string[],
    hosts: readonly string[],
  ): Promise<void> {
    const text = steady(await run(args, hosts), hosts, folder);
    await expect(`$ kplugin ${args.join(' ')} …\n${text}`).toMatchFileSnapshot(
      `golden/fleet-${name}.txt`,
    );
  }

  test('list: a table of all, and what is wrong with those that do not answer', async () => {
    const hosts = [...all(), NOWHERE];
    await seen('list', ['list', '--retries', '0'], hosts);
    const { code, stdout } = await run(['list', '--retries', '0', '--json'], hosts);
    const { data, error } = JSON.parse(stdout);
    expect({ code, counts: data.counts, error: error.code }).toEqual({
      code: 3,
      counts: { read: 4, failed: 1 },
      error: 'not-on-every-host',
    });
    expect(data.hosts[0]).toMatchObject({
      host: all()[0],
      ok: true,
      plugins: [{ name: NAME, version: '1.1.0', state: 'unknown' }],
      error: null,
    });
    expect(data.hosts[4]).toEqual({
      host: NOWHERE,
      ok: false,
      ms: expect.any(Number),
      error: expect.objectContaining({ code: 'host-unreachable' }),
    });
  });

  test('status: a line for each, one of which has none of that name', async () => {
    const empty = await ManyHosts.open(1);
    try {
      const hosts = [...all(), ...empty.all.map(({ address }) => address)];
      await seen('status', ['status', NAME], hosts);
    } finally {
      await empty.close();
    }
    expect((await run(['status', NAME], all())).code).toBe(0);
  });

  test('history: one after the other', async () => {
    await seen('history', ['history', NAME], [...all().slice(2)]);
  });

  test('describe, diff: the text of each host below its name', async () => {
    const hosts = [...all().slice(2), NOWHERE];
    await seen('describe', ['describe', NAME, '--retries', '0'], hosts);
    await seen('diff', ['diff', NAME, '--stat', '--retries', '0'], hosts);
    const { code, stdout } = await run(['diff', NAME, '--json'], all());
    const { data, error } = JSON.parse(stdout);
    expect({ code, counts: data.counts, error: error.code }).toEqual({
      code: 1,
      counts: { same: 3, different: 1 },
      error: 'not-on-every-host',
    });
    expect(data.hosts[3]).toMatchObject({
      host: all()[3],
      ok: false,
      first: 'host',
      verdict: 'different',
      error: { code: 'different' },
    });
  });

  test('doctor: a section for each host, and the worst of them decides', async () => {
    const hosts = [...all().slice(3), NOWHERE];
    const { code, stdout } = await run(['doctor', '--json'], hosts);
    const { data, error } = JSON.parse(stdout);
    expect({ code, error: error.code, message: error.message }).toEqual({
      code: 3,
      error: 'not-on-every-host',
      message: 'not on every host: 2 hosts: 1 well, 1 with errors',
    });
    expect(data.sections.map(({ part }: { part: string }) => part)).toEqual(['machine']);
    expect(data.hosts).toMatchObject([
      { host: hosts[0], ok: true, error: null },
      { host: NOWHERE, ok: false, error: { code: 'doctor-host' } },
    ]);
    expect(data.hosts[0].remarks[0]).toMatchObject({ id: 'host-reached', level: 'ok' });
    const told = await run(['doctor'], hosts);
    expect(told.code).toBe(3);
    for (const host of hosts) expect(told.stdout).toContain(`\nHost ${host}\n`);
    expect(told.stdout).toContain(`${NOWHERE}: host: ${NOWHERE} (from --host)`);
  });

  test('rollback --dry-run: the plan, and who has nothing to go back to', async () => {
    await seen('plan', ['rollback', NAME, '--dry-run'], all());
    await seen('plan-one', ['rollback', NAME, '--dry-run'], all().slice(0, 1));
    const { stdout } = await run(['rollback', NAME, '--dry-run', '--json'], all().slice(0, 2));
    const { data } = JSON.parse(stdout);
    expect({ dryRun: data.dryRun, counts: data.counts }).toEqual({
      dryRun: true,
      counts: { planned: 2 },
    });
    expect(data.hosts[0]).toMatchObject({
      version: '1.0.0',
      previous: { version: '1.1.0' },
      plan: { upload: null, rollback: { state: 'ready' } },
    });
    expect(versions()).toEqual(['1.1.0', '1.1.0', '1.1.0', '1.0.0']);
  });

  test('rollback: nothing is begun where one cannot; a name is needed', async () => {
    expect((await run(['rollback', NAME], all())).code).toBe(3);
    expect(versions()).toEqual(['1.1.0', '1.1.0', '1.1.0', '1.0.0']);
    const { code, stderr } = await run(['rollback'], all());
    expect({ code, first: stderr.split('\n')[0] }).toEqual({
      code: 2,
      first: 'error: 4 hosts are named, and no plugin',
    });
  });

  test('rollback: one fails; how to go on names those that are left', async () => {
    const hosts = (await broken(1, /^(PUT|DELETE) \/plugins/)).slice(0, 3);
    await seen('rollback', ['rollback', NAME, '--parallel', '1', '--timeout', '8s'], hosts);
    expect(versions()).toEqual(['1.0.0', '1.1.0', '1.1.0', '1.0.0']);
  });

  test('rollback --to leaves those alone that run it', async () => {
    await seen('rollback-to', ['rollback', NAME, '--to', '1.0.0', '--parallel', '1'], all());
    expect(versions()).toEqual(['1.0.0', '1.0.0', '1.0.0', '1.0.0']);
  });

  test('restart: on all of them', async () => {
    await seen('restart', ['restart', NAME, '--parallel', '1'], all());
  });

  test('remove: asks once, and there is nobody to ask', async () => {
    const { code, stderr } = await run(['remove', NAME], all());
    expect({ code, all: versions().length }).toEqual({ code: 2, all: 4 });
    expect(stderr).toContain('--yes');
    expect(versions()).toEqual(['1.0.0', '1.0.0', '1.0.0', '1.0.0']);
  });

  test('remove: one fails, the canary did not; the same again goes on', async () => {
    const hosts = await broken(1, /^DELETE /);
    const remove = ['remove', NAME, '--yes', '--parallel', '1', '--timeout', '8s'];
    await seen('remove', remove, hosts);
    expect(versions()).toEqual([undefined, '1.0.0', '1.0.0', '1.0.0']);
    await seen('remove-again', [...remove, '--prune'], all());
    expect(versions()).toEqual([undefined, undefined, undefined, undefined]);
    const { code, stderr } = await run(remove, all());
    expect({ code, first: stderr.split('\n').at(0) }).toEqual({
      code: 3,
      first: `error: none of 4 hosts has a plugin ${NAME}`,
    });
  });
});
