import { describe, expect, it } from 'vitest';
import { parseExport } from '../../../src/client/exported.ts';
import { begun, EMPTY_RECORD, recordName } from '../../../src/deploy/record/host-record.ts';
import { recordText } from '../../../src/deploy/record/record-store.ts';
import type { Remark } from '../../../src/doctor/host/doctor-check.ts';
import { flawsIn } from '../client/messages/hint-commands.ts';
import { hostFailure } from '../deploy/change/fake-host.ts';
import { examined, IllHost, NOW } from './host/hosts.ts';

const texts = (remarks: readonly Remark[], id: string) =>
  remarks.filter((one) => one.id === id).map(({ level, text }) => `${level}: ${text}`);

describe('a host that is well', () => {
  const host = () => {
    const made = new IllHost('2.4.0').has('pysam', '1.0.0', 'pysam-1.0.0-0a1b2c3d.zip', {
      functions: ['sam'],
    });
    made.stored = ['/up/pysam-1.0.0-0a1b2c3d.zip'];
    return made;
  };

  it('has no error and, but for the open door, no warning', async () => {
    const remarks = await examined(host());
    expect(remarks.filter(({ level }) => level === 'error')).toEqual([]);
    expect(remarks.filter(({ level }) => level === 'warning').map(({ id }) => id)).toEqual([
      'host-access',
    ]);
    expect(texts(remarks, 'host-python')).toEqual([
      'ok: it has Python with the SDK: pysam runs on it',
    ]);
  });

  it('is only read', async () => {
    const made = host();
    await examined(made);
    expect(made.asked).toEqual([]);
  });

  it('is written to when that is asked for, and left as it was', async () => {
    const made = host();
    made.words = hostFailure(
      'refused',
      'dial tcp 127.0.0.1:1: ip 127.0.0.1 is in internal network',
    );
    const remarks = await examined(made, { write: true });
    expect(made.asked).toEqual(['TEXT kplugin-doctor.txt', 'REMOVE kplugin-doctor.txt']);
    expect(made.files.size).toBe(0);
    expect(texts(remarks, 'host-downloads')).toEqual([
      'ok: basic.enablePrivateNet is false: it refuses packages at private addresses; kplugin does not need it',
      'ok: basic.allowExternalFileAccess is true: it takes packages outside its uploads; kplugin does not need it',
    ]);
  });
});

describe('a host that cannot be reached', () => {
  it('is one error with its way out, and one line for all that was not asked', async () => {
    const host = new IllHost('2.4.0');
    host.info = () => Promise.reject(hostFailure('unreachable', 'nothing listens'));
    const remarks = await examined(host);
    expect(remarks.map(({ id, level }) => `${level} ${id}`)).toEqual([
      'error host-reached',
      'skipped host-rest',
    ]);
    expect(remarks[0]?.hint).toBe('the hint');
  });
});

describe('the door', () => {
  it('shut: an error; what everybody may know is told all the same', async () => {
    const host = new IllHost('2.4.0');
    host.door = hostFailure('refused', 'missing_token');
    const remarks = await examined(host);
    expect(texts(remarks, 'host-access')).toEqual(['error: edge1:9081: missing_token']);
    expect(texts(remarks, 'host-clock')).toHaveLength(1);
    expect(texts(remarks, 'host-defect-dead-stay-dead')).toHaveLength(1);
    expect(texts(remarks, 'host-defect-update-loses-functions')[0]).toMatch(/^ok: known defect: /);
    expect(texts(remarks, 'host-rest')).toHaveLength(1);
    expect(texts(remarks, 'host-plugins')).toEqual([]);
  });

  it.each([
    [401, 'ok: it accepts the token'],
    [200, 'ok: it requires no token and ignores the one that kplugin sends'],
  ])('with a token, where a stranger gets %i', async (status, expected) => {
    const remarks = await examined(new IllHost('2.4.0'), {
      hasToken: true,
      probe: async () => ({ status, words: '' }),
    });
    expect(texts(remarks, 'host-access')).toEqual([expected]);
  });
});

describe('the published key', () => {
  const asked = (words: string, status = 401) =>
    examined(new IllHost('2.4.0'), {
      hasToken: true,
      probe: async (token) =>
        token === null ? { status: 401, words: 'missing_token' } : { status, words },
    });

  it.each([
    ['validate token error: … not found target key file sample_key.pub in /etc/mgmt', 'ok'],
    ['validate token error: token signature is invalid: crypto/rsa: verification error', 'warning'],
    ['something else', 'skipped'],
  ])('%s: %s', async (words, level) => {
    expect((await asked(words)).find(({ id }) => id === 'host-sample-key')?.level).toBe(level);
  });

  it('is no question where nobody needs a key', async () => {
    expect(texts(await examined(new IllHost('2.4.0')), 'host-sample-key')).toEqual([]);
  });

  it('is asked for by a token that names it and is signed by a stranger', async () => {
    const tokens: string[] = [];
    await examined(new IllHost('2.4.0'), {
      probe: async (token) => {
        if (token !== null) tokens.push(token);
        return { status: 401, words: 'missing_token' };
      },
    });
    const claims = Buffer.from(tokens[0]?.split('.')[1] ?? '', 'base64url').toString();
    expect(JSON.parse(claims)).toEqual({
      iss: 'sample_key.pub',
      aud: ['eKuiper'],
      exp: Math.floor(NOW / 1000) + 3600,
    });
  });
});

describe('the clock', () => {
  it.each([
    [0, {}, 'ok: its clock agrees with this one'],
    [29, {}, 'ok: its clock agrees with this one'],
    [-45, {}, "warning: its clock is 45 seconds behind this machine's"],
    [45, {}, "warning: its clock is 45 seconds ahead of this machine's"],
    [600, { hasToken: true }, "error: its clock is 10 minutes ahead of this machine's"],
    [
      600,
      { hasToken: true, signs: true },
      "warning: its clock is 10 minutes ahead of this machine's",
    ],
  ])('%i seconds ahead, %j', async (seconds, settings, expected) => {
    const host = new IllHost('2.4.0');
    host.time = NOW + seconds * 1000;
    const [text = ''] = texts(await examined(host, settings), 'host-clock');
    expect(text.slice(0, expected.length)).toBe(expected);
  });
});

describe('a version', () => {
  it.each([
    ['', 'warning: it does not say which version it is'],
    ['2.5.0', 'warning: eKuiper 2.5.0 is newer than any that this kplugin knows'],
  ])('"%s"', async (version, expected) => {
    const [text = ''] = texts(await examined(new IllHost(version)), 'host-version');
    expect(text.slice(0, expected.length)).toBe(expected);
  });

  it('before 2.0 does not tell how a plugin is', async () => {
    const host = new IllHost('1.14.7').has('pysam', '1.0.0', 'pysam.zip');
    expect(texts(await examined(host), 'host-plugins')).toEqual([
      'skipped: eKuiper 1.14.7 does not tell whether a plugin runs (1 plugin registered)',
    ]);
  });
});

describe('a host that is ill', () => {
  const ill = () => {
    const host = new IllHost('2.4.0')
      .has('pysam', '1.0.0', 'pysam-1.0.0-0a1b2c3d.zip', { functions: ['sam', 'sam2'] })
      .has('other', '1.0.0', 'other.zip', { functions: ['sam'] })
      .has('byhand', '1.0.0', 'x.zip')
      .has('faraway', '1.0.0', 'y.zip');
    host.registered.delete('byhand');
    host.registered.set('faraway', { name: 'faraway', file: 'http://x/y.zip', shellParas: [] });
    host.health.set('other', { state: 'error', error: 'exit status 3' });
    host.stored = ['/up/pysam-1.0.0-0a1b2c3d.zip', '/up/gone-2.0.0-deadbeef.zip', '/up/note.txt'];
    return host;
  };

  it('is told what is dead, claimed twice, gone and left over', async () => {
    const remarks = await examined(ill());
    const seen = remarks
      .filter(({ level }) => level !== 'ok')
      .map(({ id, level }) => `${level} ${id}`);
    expect(seen.sort()).toEqual([
      'error host-plugin-dead',
      'skipped host-downloads',
      'warning host-access',
      'warning host-defect-update-loses-functions',
      'warning host-package-gone',
      'warning host-registration-elsewhere',
      'warning host-registration-unknown',
      'warning host-symbols',
      'warning host-uploads-left',
    ]);
  });

  it('no plugin is in order beside one that is dead', async () => {
    const remarks = await examined(ill());
    expect(texts(remarks, 'host-plugins')).toEqual(['ok: 3 plugins of 4 run']);
  });

  it('rules in trouble are warnings, with the command that mends them', async () => {
    const host = ill();
    const exported = await host.exported();
    const rules = { r1: JSON.stringify({ sql: 'SELECT sam(a) FROM s', actions: [{ log: {} }] }) };
    host.exported = async () => ({ ...exported, rules: parseExport({ rules }).rules });
    const message = 'function sam not found';
    host.ruleStatus = async () => ({ state: 'stopped_by_error', message, operators: [] });
    const [found] = (await examined(host)).filter(({ id }) => id === 'host-rule-trouble');
    expect(found).toMatchObject({
      level: 'warning',
      text: 'plugin pysam: rule r1 is down: function sam not found',
      hint: 'curl -X POST http://edge1:9081/rules/r1/restart',
    });
  });

  it.each([
    ['exit status 3', ['/up/other.zip'], 'kplugin restart other --host edge1:9081'],
    ['exit status 3', [], 'kplugin install <dir|zip> --host edge1:9081'],
    [
      'receive time out',
      ['/up/other.zip'],
      'see what it prints: kplugin serve, then kplugin install <dir|zip> --host 127.0.0.1:9081',
    ],
  ])('a plugin that says %s, its package among %j', async (error, stored, hint) => {
    const host = ill();
    host.health.set('other', { state: 'error', error });
    host.stored = stored;
    const remarks = await examined(host);
    expect(remarks.find(({ id }) => id === 'host-plugin-dead')?.hint).toBe(hint);
  });

  it('uploads that no release needs are one line with the command that removes them', async () => {
    const host = ill();
    host.stored = ['/up/gone-1.0.0-0a1b2c3d.zip', '/up/gone-1.1.0-4e5f6071.zip'];
    const remarks = await examined(host);
    expect(texts(remarks, 'host-uploads-used')).toEqual(['ok: 2 uploads by kplugin']);
    expect(texts(remarks, 'host-uploads-left')).toEqual([
      'warning: 2 uploads of kplugin are needed by no release: gone-1.0.0-0a1b2c3d.zip and gone-1.1.0-4e5f6071.zip',
    ]);
    expect(remarks.find(({ id }) => id === 'host-uploads-left')?.hint).toBe(
      'kplugin prune --host edge1:9081',
    );
  });

  it('every hint names commands and flags that there are', async () => {
    const remarks = await examined(ill());
    expect(remarks.flatMap(({ hint }) => flawsIn(hint ?? ''))).toEqual([]);
  });
});

describe('a plugin that is gone because kplugin was interrupted', () => {
  it('is an error with the rollback, whose package is not called left over', async () => {
    const host = new IllHost('2.4.0');
    const registration = (upload: string) => ({
      name: 'pysam',
      file: `file:///up/${upload}`,
      shellParas: [],
    });
    const before = registration('pysam-1.0.0-0a1b2c3d.zip');
    const wanted = registration('pysam-1.1.0-4e5f6071.zip');
    const record = begun(EMPTY_RECORD, { before, wanted, time: NOW });
    host.files.set(recordName('pysam'), recordText(record));
    host.stored = ['/up/pysam-1.0.0-0a1b2c3d.zip', '/up/pysam-1.1.0-4e5f6071.zip'];
    const remarks = await examined(host);
    expect(remarks.find(({ id }) => id === 'host-plugin-interrupted')).toMatchObject({
      level: 'error',
      hint: 'kplugin rollback pysam --host edge1:9081',
    });
    expect(remarks.some(({ id }) => id === 'host-uploads-left')).toBe(false);
  });
});
