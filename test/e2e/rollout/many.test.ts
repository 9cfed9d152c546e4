import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kplugin, type Run } from '../../bin/run.ts';
import { writeProject } from '../deploy/project.ts';
import { ManyHosts } from './many-hosts.ts';

const NAME = 'kpl_roll';
const HOSTS = 200;

interface Answer {
  readonly ok: boolean;
  readonly data: {
    readonly counts: Readonly<Record<string, number>>;
    readonly hosts: readonly {
      readonly host: string;
      readonly ok: boolean;
      readonly state: string;
      readonly before: string | null;
      readonly after: string | null;
      readonly action?: string;
      readonly plugin?: string;
      readonly error: { readonly code: string; readonly message: string } | null;
    }[];
  };
  readonly error: { readonly code: string; readonly hint: string } | null;
}

describe(`${HOSTS} hosts`, () => {
  let folder: string;
  let many: ManyHosts;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'kplugin-rollout-'));
    many = await ManyHosts.open(HOSTS);
  });
  afterAll(async () => {
    await many.close();
    await rm(folder, { recursive: true, force: true });
  });

  const install = (...args: readonly string[]): Promise<Run> =>
    kplugin(['install', NAME, '--parallel', '16', ...args, ...many.flags], {
      cwd: folder,
      limit: 110_000,
    });
  const json = async (...args: readonly string[]): Promise<Answer & { readonly code: number }> => {
    const { code, stdout } = await install('--json', ...args);
    return { code, ...JSON.parse(stdout) };
  };
  const addresses = (): string[] => many.all.map(({ address }) => address);

  test('a dry run reads all of them and changes none', async () => {
    await writeProject(folder, { name: NAME, version: '1.0.0' });
    const { code, data } = await json('--dry-run');
    expect({ code, counts: data.counts }).toEqual({ code: 0, counts: { planned: HOSTS } });
    expect(data.hosts.map(({ host }) => host)).toEqual(addresses());
    expect(many.all.flatMap(({ changes }) => changes)).toEqual([]);
  });

  test('all of them get it, in a table that tells of each', async () => {
    const { code, stdout, stderr } = await install();
    expect(code).toBe(0);
    expect(stdout).toContain(`\n${HOSTS} hosts: ${HOSTS} installed\n`);
    for (const address of addresses()) {
      expect(stdout).toMatch(new RegExp(`^${address} +– → 1\\.0\\.0  installed`, 'm'));
    }
    expect(stderr).toContain(`the plan for ${NAME} 1.0.0 on ${HOSTS} hosts:\n  install  ${HOSTS}`);
    for (const { host, changes } of many.all) {
      expect(host.list().map(({ name }) => name)).toEqual([NAME]);
      expect(changes.filter((line) => line === 'POST /plugins/portables')).toHaveLength(1);
    }
  });

  test('the same again leaves all of them alone', async () => {
    for (const { changes } of many.all) changes.length = 0;
    const { code, data } = await json();
    expect({ code, counts: data.counts }).toEqual({ code: 0, counts: { unchanged: HOSTS } });
    expect(many.all.flatMap(({ changes }) => changes)).toEqual([]);
  });

  test('a new version; then one that was added: only that one is new', async () => {
    await writeProject(folder, { name: NAME, version: '1.1.0' });
    const all = await json();
    expect({ code: all.code, counts: all.data.counts }).toEqual({
      code: 0,
      counts: { updated: HOSTS },
    });
    expect(all.data.hosts[7]).toMatchObject({
      ok: true,
      state: 'updated',
      before: '1.0.0',
      after: '1.1.0',
      action: 'update',
      plugin: NAME,
      error: null,
    });
    const added = await ManyHosts.open(1);
    try {
      const more = await json('--host', added.all[0]?.address ?? '');
      expect(more.data.counts).toEqual({ installed: 1, unchanged: HOSTS });
    } finally {
      await added.close();
    }
  });
});
