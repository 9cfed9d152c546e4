import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kplugin } from '../../bin/run.ts';
import { RulesHost } from './rules-host.ts';

const NAME = 'kpl_rthrow';

const TRACEBACK = `run Select error: call func ${NAME}_fn error: Traceback (most recent call last):
  File "main.py", line 26, in exec
    raise RuntimeError("boom")
RuntimeError: boom
`;

describe('a version that throws for every row of a rule', () => {
  let folder: string;
  let hosts: RulesHost[];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'kplugin-throwing-'));
    hosts = await Promise.all([NAME, NAME, NAME].map((name) => RulesHost.start(name)));
    for (const host of hosts) {
      host.thrownBy = (version) => (version === '1.1.0' ? TRACEBACK : '');
    }
    const root = path.join(folder, NAME);
    await mkdir(path.join(root, 'sources'), { recursive: true });
    const manifest = { version: '1.1.0', language: 'python', executable: 'main.py' };
    const sources = [`${NAME}_src`];
    await writeFile(path.join(root, `${NAME}.json`), JSON.stringify({ ...manifest, sources }));
    await writeFile(path.join(root, 'main.py'), 'print()\n', { mode: 0o755 });
    await writeFile(path.join(root, 'sources', `${NAME}_src.yaml`), 'default:\n  a: b\n');
  });
  afterAll(async () => {
    await Promise.all(hosts.map((host) => host.close()));
    await rm(folder, { recursive: true, force: true });
  });

  test('the canary is put back, no other host gets it, and the error is shown whole', async () => {
    const named = hosts.flatMap(({ address }) => ['--host', address]);
    // --force: the package is no real plugin.
    const args = ['install', NAME, '--force', '--yes', '--canary', '1', '--json', ...named];
    const { code, stdout } = await kplugin(args, { cwd: folder });
    const { data } = JSON.parse(stdout);
    expect(code).toBe(3);
    expect(data.counts).toEqual({ failed: 1, 'not started': 2 });
    expect(hosts.map(({ version }) => version)).toEqual(['1.0.0', '1.0.0', '1.0.0']);
    const { error } = data.hosts[0];
    expect(error).toMatchObject({ code: 'rules-throw' });
    expect(error.reason).toContain(`rule r: ${TRACEBACK.trim()}`);
    expect(hosts.map(({ changes }) => changes.length > 0)).toEqual([true, false, false]);
  });
});
