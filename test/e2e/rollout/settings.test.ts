import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { kplugin } from '../../bin/run.ts';
import { RulesHost } from './rules-host.ts';

const NAME = 'kpl_rconf';

describe('an update with other settings, on several hosts', () => {
  let folder: string;
  let hosts: RulesHost[];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'kplugin-settings-'));
    hosts = await Promise.all([NAME, NAME, NAME].map((name) => RulesHost.start(name)));
    const root = path.join(folder, NAME);
    await mkdir(path.join(root, 'sources'), { recursive: true });
    const manifest = { version: '1.1.0', language: 'python', executable: 'main.py' };
    const sources = [`${NAME}_src`];
    await writeFile(path.join(root, `${NAME}.json`), JSON.stringify({ ...manifest, sources }));
    await writeFile(path.join(root, 'main.py'), 'print()\n', { mode: 0o755 });
    const yaml = 'default:\n  greeting: goodbye\n';
    await writeFile(path.join(root, 'sources', `${NAME}_src.yaml`), yaml);
  });
  afterEach(async () => {
    await Promise.all(hosts.map((host) => host.close()));
    await rm(folder, { recursive: true, force: true });
  });

  /** What each rule has read, and what the next start of it would read. */
  const greetings = () =>
    hosts.map(({ inUse, settings }) => [inUse['greeting'], settings['greeting']]);

  async function install(...flags: readonly string[]) {
    const named = hosts.flatMap(({ address }) => ['--host', address]);
    // --force: the package is no real plugin.
    const args = [
      'install',
      NAME,
      '--force',
      '--yes',
      '--canary',
      '0',
      '--json',
      ...flags,
      ...named,
    ];
    const { code, stdout } = await kplugin(args, { cwd: folder });
    const { data } = JSON.parse(stdout);
    expect({ code, counts: data.counts }).toEqual({ code: 0, counts: { updated: 3 } });
    expect(hosts.map(({ version }) => version)).toEqual(['1.1.0', '1.1.0', '1.1.0']);
    return data.hosts.map(({ config, restarted }: Settled) => ({
      config: config.map(({ group, failure }) => ({ group, failure })),
      restarted: restarted.map(({ rule, state }) => `${rule} ${state}`),
    }));
  }

  interface Settled {
    readonly config: readonly { readonly group: string; readonly failure: string | null }[];
    readonly restarted: readonly { readonly rule: string; readonly state: string }[];
  }

  const put = [{ group: 'default', failure: null }];

  test('without a flag every host keeps what it has', async () => {
    expect(await install()).toEqual(Array(3).fill({ config: [], restarted: [] }));
    expect(greetings()).toEqual(Array(3).fill(['hello', 'hello']));
  });

  test('--apply-config puts it to each of them; their rules see it when they start', async () => {
    expect(await install('--apply-config')).toEqual(Array(3).fill({ config: put, restarted: [] }));
    expect(greetings()).toEqual(Array(3).fill(['hello', 'goodbye']));
  });

  test('with --restart-rules they see it at once, because the values are there first', async () => {
    const restarted = ['r restarted'];
    const done = await install('--apply-config', '--restart-rules');
    expect(done).toEqual(Array(3).fill({ config: put, restarted }));
    expect(greetings()).toEqual(Array(3).fill(['goodbye', 'goodbye']));
  });

  test('--restart-rules alone restarts, and says nothing else', async () => {
    const done = await install('--restart-rules');
    expect(done).toEqual(Array(3).fill({ config: [], restarted: ['r restarted'] }));
    expect(greetings()).toEqual(Array(3).fill(['hello', 'hello']));
    for (const { changes } of hosts) {
      expect(changes.filter((line) => line.endsWith('/restart'))).toEqual([
        'POST /rules/r/restart',
      ]);
    }
  });
});
