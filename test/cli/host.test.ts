import { createPrivateKey, createPublicKey } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fakeEkuiper, hostWorld } from './host-world.ts';

const modeOf = (file: string) => statSync(file).mode & 0o777;

describe('the life of named hosts, as people see it', () => {
  it('is added, listed, shown, chosen and removed', async () => {
    const world = hostWorld();
    writeFileSync(path.join(world.folder, 'edge.jwt'), 'x.y.z', { mode: 0o600 });
    const text = await world.transcript(
      ['host', 'list'],
      ['host', 'add', 'kph-one', 'kph-one.invalid', '--group', 'north', '--group', 'lab'],
      ['host', 'add', 'kph-two', 'https://proxy.invalid/two/', '--token-file', 'edge.jwt'],
      [
        'host',
        'add',
        'kph-three',
        '192.0.2.3',
        '--key-file',
        'keys/kph.pem',
        '--ca-file',
        'ca.pem',
      ],
      ['host', 'add', 'kph-one', 'elsewhere'],
      ['host', 'use', 'kph-two'],
      ['host', 'list'],
      ['host', 'show', 'kph-two', '--ca-file', 'my-ca.pem'],
      ['host', 'show', 'kph-three'],
      ['host', 'add', 'kph-one', 'elsewhere.invalid:80', '--force'],
      ['host', 'remove', 'kph-two', 'kph-three'],
      ['host', 'use', '--none'],
      ['host', 'list'],
    );
    await expect(text).toMatchFileSnapshot('golden/host-life.txt');
    await expect(readFileSync(world.hosts, 'utf8')).toMatchFileSnapshot('golden/hosts.json.txt');
  });

  it('what cannot be done is told and changes nothing', async () => {
    const world = hostWorld();
    const refused = [
      ['host', 'add', 'kph:one', 'edge1'],
      ['host', 'add', 'kph-one', 'ftp://edge1'],
      ['host', 'add', 'kph-one', 'http://me:s3cret@edge1'],
      ['host', 'add', 'kph-one', 'edge1', '--group', 'a b'],
      ['host', 'add', 'kph-one', 'edge1', '--key-file', 'a', '--token-file', 'b'],
      ['host', 'add', 'kph-one', 'edge1', '--token-file', 'eyJhbGciOi.s3cret.x'],
      ['host', 'add', 'kph-one', 'edge1', '--cert-key-file', 'a'],
      ['host', 'remove', 'kph-one'],
      ['host', 'use', 'kph-one'],
      ['host', 'use'],
      ['host', 'use', 'kph-one', '--none'],
      ['host', 'test', 'kph-one', '--timeout', 'soon'],
    ];
    const text = await world.transcript(...refused);
    // What people typed stands in the transcript, and in nothing that kplugin said.
    await expect(text).toMatchFileSnapshot('golden/host-refused.txt');
    const said = text.split('\n').filter((line) => !line.startsWith('$'));
    expect(said.join('\n')).not.toContain('s3cret');
    expect(readdirSync(world.folder)).toEqual([]);
  });

  it('a name that is nearly one, and a variable that outweighs', async () => {
    const world = hostWorld();
    await world.run(['host', 'add', 'kph-one', '192.0.2.1']);
    const near = await world.run(['host', 'remove', 'kph-onne']);
    expect([near.code, near.stderr]).toEqual([2, expect.stringContaining('did you mean kph-one?')]);
    const over = await world.run(['host', 'use', 'kph-one'], { KPLUGIN_HOST: 'edge9' });
    expect(over.stderr).toContain('note: KPLUGIN_HOST is set to edge9 and outweighs it');
    const secret = await world.run(['host', 'use', 'kph-one'], { KPLUGIN_HOST: 'me:s3cret@edge9' });
    expect(secret.stderr).toContain('note: KPLUGIN_HOST is set and outweighs it');
    expect(secret.stdout + secret.stderr).not.toContain('s3cret');
  });

  it('a broken file is told with its line, and left as it is', async () => {
    const world = hostWorld();
    mkdirSync(path.dirname(world.hosts));
    const broken = '{\n  "hosts": { "edge1": { } }\n}\n';
    writeFileSync(world.hosts, broken);
    const { code, stderr } = await world.run(['host', 'add', 'kph-one', 'edge1']);
    expect(code).toBe(2);
    expect(stderr).toContain('hosts.json:2:23: host edge1 has no "address"');
    expect(readFileSync(world.hosts, 'utf8')).toBe(broken);
  });

  it('what kplugin does not know stays in the file', async () => {
    const world = hostWorld();
    mkdirSync(path.dirname(world.hosts));
    const note = { note: 'mine', hosts: { old: { address: 'old:1', colour: 'red' } } };
    writeFileSync(world.hosts, JSON.stringify(note));
    await world.run(['host', 'add', 'kph-one', 'edge1']);
    expect(JSON.parse(readFileSync(world.hosts, 'utf8'))).toMatchObject(note);
  });
});

describe('many kplugins at once', () => {
  it('lose no host of any', { timeout: 180_000 }, async () => {
    const world = hostWorld();
    await world.run(['host', 'add', 'gone', '192.0.2.99']);
    const names = Array.from({ length: 16 }, (_, at) => `kph-${at}`);
    const runs = await Promise.all([
      ...names.map((name) => world.run(['host', 'add', name, '192.0.2.1'])),
      world.run(['host', 'remove', 'gone']),
    ]);
    expect(runs.map(({ code, stderr }) => (code === 0 ? '' : stderr)).join('')).toBe('');
    const { hosts } = JSON.parse(readFileSync(world.hosts, 'utf8'));
    expect(Object.keys(hosts).sort()).toEqual([...names].sort());
    expect(readdirSync(path.dirname(world.hosts)).sort()).toEqual([
      'hosts.json',
      'hosts.schema.json',
    ]);
  });
});

describe('host test', () => {
  it('asks every name, also two of one place, and says what to do for each', async () => {
    const [open, shut] = [await fakeEkuiper(), await fakeEkuiper('a.b.c')];
    const world = hostWorld({ 'open:9081': open, 'shut:9081': shut });
    const token = path.join(world.folder, 'good.jwt');
    writeFileSync(token, 'a.b.c', { mode: 0o600 });
    const wrong = path.join(world.folder, 'wrong.jwt');
    writeFileSync(wrong, 'd.e.f', { mode: 0o600 });
    const add = (name: string, ...args: readonly string[]) =>
      world.run(['host', 'add', name, ...args]);
    expect((await world.transcript(['host', 'test'])).slice(-9)).toBe('[exit 2]\n');
    await add('kph-open', open, '--group', 'good');
    await add('kph-good', shut, '--token-file', token, '--group', 'good');
    expect(await world.transcript(['host', 'test', '--group', 'good'])).toContain('[exit 0]');
    await add('kph-wrong', shut, '--token-file', wrong);
    await add('kph-none', shut);
    await add('kph-gone', '127.0.0.1:1');
    await add('kph-file', open, '--token-file', path.join(world.folder, 'none.jwt'));
    const text = await world.transcript(['host', 'test'], ['host', 'test', 'kph-good', open]);
    await expect(text).toMatchFileSnapshot('golden/host-test.txt');
    const json = JSON.parse((await world.run(['host', 'test', '--json'])).stdout);
    expect(json).toMatchObject({ ok: false, command: 'host test', error: { code: 'hosts-fail' } });
    expect(json.data.hosts.map(({ ok }: { ok: boolean }) => ok)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('host keygen', () => {
  it('makes a pair that fits, says where it goes, and keeps what is there', async () => {
    const world = hostWorld();
    const text = await world.transcript(
      ['host', 'keygen', 'kph-edge'],
      ['host', 'keygen', 'kph-edge'],
      ['host', 'keygen', 'kph edge'],
      ['host', 'add', 'kph-edge', '192.0.2.1', '--key-file', 'config/keys/kph-edge.pem'],
      ['host', 'keygen', 'kph-edge', '--force', '--bits', '2048'],
      ['host', 'add', 'ci', '192.0.2.2', '--ca-file', 'config/keys/kph-edge.pub', '--group', 'lab'],
      ['host', 'keygen', 'ci', '--out', 'my keys'],
    );
    await expect(text).toMatchFileSnapshot('golden/host-keygen.txt');
    const folder = path.join(world.folder, 'config', 'keys');
    const pem = path.join(folder, 'kph-edge.pem');
    const pub = path.join(folder, 'kph-edge.pub');
    const made = createPublicKey(createPrivateKey(readFileSync(pem)));
    expect(made.equals(createPublicKey(readFileSync(pub)))).toBe(true);
    expect(made.asymmetricKeyDetails?.modulusLength).toBe(2048);
    if (process.platform !== 'win32') {
      expect([pem, pub, folder].map(modeOf)).toEqual([0o600, 0o644, 0o700]);
    }
    const lines = readFileSync(pem, 'utf8').split('\n').slice(1, -2);
    expect(lines.filter((line) => text.includes(line))).toEqual([]);
    const json = JSON.parse(
      (await world.run(['host', 'keygen', 'two', '--bits', '2048', '--json'])).stdout,
    );
    expect(json).toMatchObject({ ok: true, data: { issuer: 'two.pub', bits: 2048 } });
  });
});
