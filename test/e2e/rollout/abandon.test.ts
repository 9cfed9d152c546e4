import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { begun, EMPTY_RECORD, recordName } from '../../../src/deploy/record/host-record.ts';
import { recordText } from '../../../src/deploy/record/record-store.ts';
import { kplugin, type Run } from '../../bin/run.ts';
import { writeProject } from '../deploy/project.ts';
import { ManyHosts } from './many-hosts.ts';
import { steady } from './steady.ts';

const NAME = 'kpl_gone';

describe('remove where the plugin is gone, because a run was interrupted', () => {
  let folder: string;
  let many: ManyHosts;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'kplugin-gone-'));
    many = await ManyHosts.open(3);
  });
  afterEach(async () => {
    await many.close();
    await rm(folder, { recursive: true, force: true });
  });

  const all = (): string[] => many.all.map(({ address }) => address);
  const run = (args: readonly string[], hosts: readonly string[]): Promise<Run> =>
    kplugin([...args, ...hosts.flatMap((host) => ['--host', host])], { cwd: folder });

  /** What a kplugin leaves that was killed between taking the old version away and registering the new one. */
  async function interrupted(host: string): Promise<void> {
    const registration = (version: string) => ({
      name: NAME,
      file: `file:///uploads/${NAME}-${version}-0a1b2c3d.zip`,
      shellParas: [],
    });
    const time = Date.UTC(2026, 10, 22, 0, 54);
    const pending = { before: registration('1.0.0'), wanted: registration('1.1.0'), time };
    const content = recordText(begun(EMPTY_RECORD, pending));
    const { status } = await fetch(`http://${host}/config/uploads`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: recordName(NAME), content }),
    });
    expect(status).toBe(201);
  }

  test('it is abandoned there, removed where it is, and the rest is left alone', async () => {
    await writeProject(folder, { name: NAME, version: '1.0.0' });
    const [first = '', second = '', third = ''] = all();
    expect((await run(['install', NAME], [first])).code).toBe(0);
    await interrupted(second);
    const remove = ['remove', NAME, '--yes', '--parallel', '1'];
    const text = steady(await run(remove, all()), all(), folder);
    await expect(`$ kplugin ${remove.join(' ')} …\n${text}`).toMatchFileSnapshot(
      'golden/abandon.txt',
    );
    const { stdout } = await run(['list', '--json'], [second, third]);
    const { data } = JSON.parse(stdout);
    expect(data.hosts).toEqual([
      expect.objectContaining({ plugins: [], gone: [] }),
      expect.objectContaining({ plugins: [], gone: [] }),
    ]);
  });

  test('programs are told that nothing was removed', async () => {
    const [first = '', second = ''] = all();
    await interrupted(first);
    await interrupted(second);
    const { code, stdout } = await run(['remove', NAME, '--yes', '--json'], [first, second]);
    const { data } = JSON.parse(stdout);
    expect({ code, counts: data.counts }).toEqual({ code: 0, counts: { abandoned: 2 } });
    expect(data.hosts[1]).toMatchObject({
      host: second,
      before: null,
      after: null,
      plugin: NAME,
      removed: false,
      abandoned: true,
      interrupted: { wanted: '1.1.0' },
    });
    expect((await run(['remove', NAME, '--yes'], [first, second])).code).toBe(3);
  });

  test('nobody to ask: it goes on being told', async () => {
    await Promise.all(all().map(interrupted));
    const { code, stderr } = await run(['remove', NAME], all());
    expect(code).toBe(2);
    expect(stderr).toContain('Abandon what was begun?');
    const { stdout } = await run(['list', '--json'], all());
    const hosts: { gone: unknown[] }[] = JSON.parse(stdout).data.hosts;
    expect(hosts.map((host) => host.gone.length)).toEqual([1, 1, 1]);
  });
});
