import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BIN, cleanEnv, kplugin, type Run } from '../../bin/run.ts';
import { FaultyProxy } from '../deploy/faulty-proxy.ts';
import { writeProject } from '../deploy/project.ts';
import { ManyHosts } from './many-hosts.ts';
import { steady } from './steady.ts';

const NAME = 'kpl_rstop';

describe('a rollout that does not go well', () => {
  let folder: string;
  let many: ManyHosts;
  const proxies: FaultyProxy[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'kplugin-rollout-'));
    await writeProject(folder, { name: NAME, version: '1.0.0' });
    many = await ManyHosts.open(6);
  });
  afterEach(async () => {
    await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
    await many.close();
    await rm(folder, { recursive: true, force: true });
  });

  const at = (index: number): string => many.all[index]?.address ?? '';
  const all = (): string[] => many.all.map(({ address }) => address);
  const flagsOf = (hosts: readonly string[]): string[] => hosts.flatMap((x) => ['--host', x]);
  const plugins = (): number[] => many.all.map(({ host }) => host.list().length);

  /** A host whose registrations break off before they get there. */
  async function broken(index: number): Promise<string> {
    const proxy = await FaultyProxy.start(at(index), {
      request: /^(POST|PUT) \/plugins/,
      at: 'before',
    });
    proxies.push(proxy);
    return proxy.host;
  }

  function run(hosts: readonly string[], ...args: readonly string[]): Promise<Run> {
    return kplugin(['install', NAME, '--timeout', '8s', ...args, ...flagsOf(hosts)], {
      cwd: folder,
    });
  }

  test('a canary that fails is the only one that is touched', async () => {
    const hosts = [await broken(0), ...all().slice(1)];
    const first = await run(hosts, '--max-failures', '3');
    expect(plugins()).toEqual([0, 0, 0, 0, 0, 0]);
    await expect(steady(first, hosts, folder)).toMatchFileSnapshot('golden/canary-fails.txt');
  });

  test('one fails, none may; then the same command goes on where it stopped', async () => {
    const hosts = all();
    const one = await broken(2);
    hosts[2] = one;
    const first = await run(hosts, '--parallel', '1');
    expect(plugins()).toEqual([1, 1, 0, 0, 0, 0]);
    await expect(steady(first, hosts, folder)).toMatchFileSnapshot('golden/one-fails.txt');

    const again = await run(all(), '--parallel', '1');
    expect(plugins()).toEqual([1, 1, 1, 1, 1, 1]);
    await expect(steady(again, all(), folder)).toMatchFileSnapshot('golden/goes-on.txt');
  });

  test('as many may fail as --max-failures says', async () => {
    const hosts = [at(0), await broken(1), at(2), await broken(3), at(4), at(5)];
    const { code, stdout } = await run(hosts, '--max-failures', '2', '--json');
    expect(code).toBe(3);
    const { ok, data, error } = JSON.parse(stdout);
    expect({ ok, counts: data.counts, code: error.code }).toEqual({
      ok: false,
      counts: { installed: 4, failed: 2 },
      code: 'rollout-incomplete',
    });
    expect(data.hosts[1]).toMatchObject({
      ok: false,
      state: 'failed',
      error: { code: 'host-dropped', reason: expect.stringContaining('closed the connection') },
    });
    expect(plugins()).toEqual([1, 0, 1, 0, 1, 1]);
  });

  test('nothing is begun where more cannot be read than may fail', async () => {
    const hosts = [...all(), '127.0.0.1:1'];
    const stopped = await run(hosts, '--retries', '0');
    expect(plugins()).toEqual([0, 0, 0, 0, 0, 0]);
    await expect(steady(stopped, hosts, folder)).toMatchFileSnapshot('golden/not-begun.txt');
    const { code } = await run(hosts, '--retries', '0', '--max-failures', '1');
    expect({ code, plugins: plugins() }).toEqual({ code: 3, plugins: [1, 1, 1, 1, 1, 1] });
  });

  test('what is wrong for all of them is said once', async () => {
    const { code, stdout, stderr } = await kplugin(['install', 'nowhere', ...flagsOf(all())], {
      cwd: folder,
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('error: there is no plugin at nowhere\n');
  });

  test('a host that is named twice is done once', async () => {
    const { code, stdout } = await run([at(0), `http://${at(0)}/`, at(1)], '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout).data.counts).toEqual({ installed: 2 });
    const posted = many.all[0]?.changes.filter((line) => line === 'POST /plugins/portables');
    expect(posted).toHaveLength(1);
  });

  test('Ctrl-C: what is at work is restored, no other is begun, and it is told', async () => {
    const proxy = await FaultyProxy.start(at(1), { request: /^POST \/plugins/, at: 'hang' });
    proxies.push(proxy);
    const hosts = [at(0), proxy.host, ...all().slice(2)];
    const child = spawn(
      process.execPath,
      [BIN, 'install', NAME, '--parallel', '1', '--json', ...flagsOf(hosts)],
      { cwd: folder, env: cleanEnv(), stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let stdout = '';
    child.stdout.on('data', (text) => {
      stdout += String(text);
    });
    await expect.poll(() => proxy.hit.length, { timeout: 30_000 }).toBe(1);
    child.kill('SIGINT');
    const code = await new Promise((resolve) => child.once('close', resolve));
    const { data, error } = JSON.parse(stdout);
    expect({ code, error: error.code }).toEqual({ code: 130, error: 'interrupted' });
    expect(data.counts).toEqual({ installed: 1, interrupted: 1, 'not started': 4 });
    expect(data.hosts[1].error.message).toContain(`${proxy.host} has no ${NAME}, as before`);
    expect(plugins()).toEqual([1, 0, 0, 0, 0, 0]);
  });

  test.each([
    ['--parallel', '0'],
    ['--canary', 'one'],
    ['--max-failures', '-1'],
    ['--retries', 'x'],
  ])('%s %s is refused', async (flag, value) => {
    const { code, stderr } = await run(all(), `${flag}=${value}`);
    expect({ code, first: stderr.split('\n')[0] }).toEqual({
      code: 2,
      first: expect.stringContaining(`"${value}" is not a number`),
    });
    expect(plugins()).toEqual([0, 0, 0, 0, 0, 0]);
  });
});
