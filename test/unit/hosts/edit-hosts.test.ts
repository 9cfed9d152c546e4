import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeHosts } from '../../../src/hosts/decode-hosts.ts';
import {
  editHosts,
  type HostsEdit,
  withDefault,
  withHost,
  withoutHost,
} from '../../../src/hosts/edit-hosts.ts';
import type { NamedHost } from '../../../src/hosts/named-host.ts';
import { ROOT } from '../../bin/run.ts';
import { scratch } from '../client/auth/keys.ts';

const OLD = {
  note: 'mine',
  default: 'edge1',
  hosts: { edge1: { address: 'edge1', colour: 'red' }, edge2: { address: 'edge2' } },
};
const hosts = decodeHosts(JSON.stringify(OLD), '/c/hosts.json');

function named(name: string, more: Partial<NamedHost> = {}): NamedHost {
  return { name, address: 'http://new:9081', settings: {}, groups: [], ...more };
}

describe('the changes of hosts.json', () => {
  it('one more host stands at the end, one that is replaced in its place', () => {
    const added = withHost(hosts, named('edge3', { settings: { caFile: '/ca' }, groups: ['a'] }));
    expect(added).toEqual({
      ...OLD,
      hosts: { ...OLD.hosts, edge3: { address: 'http://new:9081', caFile: '/ca', groups: ['a'] } },
    });
    const replaced = withHost(hosts, named('edge1'));
    expect(Object.entries(replaced['hosts'] ?? {})).toEqual([
      ['edge1', { address: 'http://new:9081' }],
      ['edge2', { address: 'edge2' }],
    ]);
  });

  it('the default goes with its host, and stays when another goes', () => {
    expect(withoutHost(hosts, 'edge1')).toEqual({
      note: 'mine',
      hosts: { edge2: { address: 'edge2' } },
    });
    expect(withoutHost(hosts, 'edge2')).toEqual({ ...OLD, hosts: { edge1: OLD.hosts.edge1 } });
    expect(withDefault(hosts, 'edge2')).toEqual({ ...OLD, default: 'edge2' });
    expect(withDefault(hosts, null)).toEqual({ note: 'mine', hosts: OLD.hosts });
  });
});

describe('hosts.json', () => {
  async function edit(text: string | null): Promise<HostsEdit> {
    const file = path.join(await scratch(), 'hosts.json');
    if (text !== null) await writeFile(file, text);
    const effects = { waiting: () => {}, signal: new AbortController().signal };
    return { file, packageRoot: ROOT, effects };
  }

  it('is made with its schema beside it, which editors find', async () => {
    const settings = await edit(null);
    const after = await editHosts(settings, (before) => withHost(before, named('edge1')));
    expect([...after.hosts.keys()]).toEqual(['edge1']);
    const folder = path.dirname(settings.file);
    expect((await readdir(folder)).sort()).toEqual(['hosts.json', 'hosts.schema.json']);
    const { $schema } = JSON.parse(await readFile(settings.file, 'utf8'));
    expect(JSON.parse(await readFile(path.join(folder, $schema), 'utf8')).$id).toBe(
      'urn:kplugin:schema:hosts',
    );
  });

  it.each<[string, (before: typeof hosts) => Readonly<Record<string, unknown>>]>([
    [
      'a change that throws',
      () => {
        throw new Error('no');
      },
    ],
    ['a change that nobody could read again', () => ({ hosts: { 'a b': {} } })],
    ['a change to what JSON cannot hold', () => ({ hosts: 1n })],
  ])('stays as it is by %s', async (_name, change) => {
    const text = JSON.stringify(OLD);
    const settings = await edit(text);
    await expect(editHosts(settings, change)).rejects.toThrow();
    expect(await readFile(settings.file, 'utf8')).toBe(text);
    expect(await readdir(path.dirname(settings.file))).toEqual(['hosts.json']);
  });

  it('keeps every one of many changes at once', async () => {
    const settings = await edit(JSON.stringify(OLD));
    const names = Array.from({ length: 30 }, (_, at) => `kph${at}`);
    await Promise.all(
      names.map((name) => {
        // As in processes of their own.
        const effects = { ...settings.effects, signal: new AbortController().signal };
        return editHosts({ ...settings, effects }, (before) => withHost(before, named(name)));
      }),
    );
    const { hosts: after } = decodeHosts(await readFile(settings.file, 'utf8'), settings.file);
    expect([...after.keys()].sort()).toEqual(['edge1', 'edge2', ...names].sort());
  });
});
