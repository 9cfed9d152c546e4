import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { explainPrecedence } from '../../../src/hosts/precedence.ts';
import { type HostChoice, resolveHosts } from '../../../src/hosts/resolve.ts';
import { fakeContext } from '../cli/fake-context.ts';
import { scratch } from '../client/auth/keys.ts';

const HOSTS = {
  default: 'edge1',
  hosts: {
    edge1: { address: 'http://192.0.2.1:9081', keyFile: 'keys/edge1.pem', groups: ['north'] },
    edge2: {
      address: 'https://proxy.test/edge2',
      tokenFile: '/t',
      caFile: '/ca',
      groups: ['north'],
    },
    bench: { address: 'localhost' },
  },
};

async function world(env: Record<string, string> = {}, hosts: unknown = HOSTS) {
  const folder = await scratch();
  const text = typeof hosts === 'string' ? hosts : JSON.stringify(hosts, null, 1);
  await writeFile(path.join(folder, 'hosts.json'), text);
  const { context: plain, lines: said } = fakeContext(null);
  const context = { ...plain, cwd: folder, env: { KPLUGIN_CONFIG: folder, ...env } };
  const labels = (flags: HostChoice): string[] => resolveHosts(flags, context).map((x) => x.label);
  return { folder, context, said, labels };
}

describe('which hosts', () => {
  it.each<[string, HostChoice, Record<string, string>, string[]]>([
    ['the default', { host: [] }, {}, ['edge1']],
    ['the environment', { host: [] }, { KPLUGIN_HOST: 'bench' }, ['bench']],
    ['a flag', { host: ['edge2'] }, { KPLUGIN_HOST: 'bench' }, ['edge2']],
    ['an address', { host: ['192.0.2.9'] }, {}, ['192.0.2.9:9081']],
    ['a group', { host: [], group: ['north'] }, { KPLUGIN_HOST: 'bench' }, ['edge1', 'edge2']],
    [
      'the group of the environment',
      { host: [], group: [] },
      { KPLUGIN_GROUP: 'north' },
      ['edge1', 'edge2'],
    ],
    ['no groups where one host is wanted', { host: [] }, { KPLUGIN_GROUP: 'north' }, ['edge1']],
    [
      'a flag outweighs the group',
      { host: ['bench'], group: [] },
      { KPLUGIN_GROUP: 'north' },
      ['bench'],
    ],
    ['each once', { host: ['edge2', 'edge1'], group: ['north'] }, {}, ['edge2', 'edge1']],
    ['a name brings its settings', { host: ['192.0.2.1', 'edge1'] }, {}, ['edge1']],
  ])('%s', async (_name, flags, env, expected) => {
    expect((await world(env)).labels(flags)).toEqual(expected);
  });

  it.each<[string, HostChoice, unknown, string]>([
    ['none', { host: [] }, {}, 'missing-host'],
    ['a near miss', { host: ['egde1'] }, HOSTS, 'unknown-host'],
    ['an unknown group', { host: [], group: ['nort'] }, HOSTS, 'unknown-group'],
    [
      'a token typed as a file',
      { host: ['edge1'], tokenFile: 'eyJhbGciOi.J9.x' },
      HOSTS,
      'secret-in-place-of-path',
    ],
    [
      'two credentials',
      { host: ['edge1'], tokenFile: 'a', keyFile: 'b' },
      HOSTS,
      'two-credentials',
    ],
    ['a broken file', { host: ['edge1'] }, '{\n "hosts": {,}}', 'hosts-broken'],
    [
      'a secret in the file',
      { host: ['e'] },
      { hosts: { e: { address: 'a', token: 'geheim' } } },
      'hosts-broken',
    ],
    [
      'a key in the file',
      { host: ['e'] },
      { hosts: { e: { address: 'a', keyFile: '-----BEGIN geheim' } } },
      'hosts-broken',
    ],
  ])('%s: exit 2', async (_name, flags, hosts, code) => {
    const { labels } = await world({}, hosts);
    let failure: unknown = null;
    try {
      labels(flags);
    } catch (thrown) {
      failure = thrown;
    }
    expect(failure).toMatchObject({ exit: 2, code });
    expect(JSON.stringify(failure) + String(failure)).not.toMatch(/geheim|eyJ/);
    if (code === 'hosts-broken') expect(String(failure)).toMatch(/hosts\.json:\d+:\d+: /);
  });
});

describe('what counts', () => {
  it('paths of the file start in its folder, those of flags here; the token is warned of once', async () => {
    const { folder, context, said } = await world();
    const [first] = resolveHosts({ host: [] }, context);
    resolveHosts({ host: [] }, context);
    expect(first?.credentials).toMatchObject({
      file: path.join(folder, 'keys/edge1.pem'),
      issuer: 'edge1.pub',
      audience: 'eKuiper',
    });
    expect(said).toHaveLength(2);
    expect(said[0]).toContain('host: edge1');
    expect(said[1]).toContain('is sent unencrypted');
  });

  it('flags, then the environment, then the file; no secret is shown', async () => {
    const { context, folder } = await world({ KPLUGIN_TOKEN: 'geheim.x.y', KPLUGIN_HOST: 'bench' });
    const told = explainPrecedence({ host: ['edge2'], caFile: 'my.pem' }, context);
    expect(told.hosts[0]?.settings).toEqual([
      {
        setting: 'host',
        value: 'edge2 (https://proxy.test:443/edge2)',
        from: '--host',
        outweighs: ['KPLUGIN_HOST'],
      },
      { setting: 'token', value: 'set', from: 'KPLUGIN_TOKEN', outweighs: ['hosts.json'] },
      {
        setting: 'CA file',
        value: path.join(folder, 'my.pem'),
        from: '--ca-file',
        outweighs: ['hosts.json'],
      },
    ]);
    expect(
      JSON.stringify(told) + JSON.stringify(resolveHosts({ host: ['edge2'] }, context)),
    ).not.toContain('geheim');
  });
});
