import { describe, expect, it } from 'vitest';
import type { Registration } from '../../../../src/client/answers.ts';
import { verifyProgram } from '../../../../src/deploy/install/verify-program.ts';
import { parseRecord } from '../../../../src/deploy/record/record-store.ts';
import { ActingHost, through } from './acting-host.ts';
import { changing, uploadOf } from './changing.ts';
import { hostFailure } from './fake-host.ts';

const running = (): ActingHost => new ActingHost('2.4.0').has('probe', '1.0.0', uploadOf('1.0.0'));

/** The requests that a run makes, the questions of its plan among them. */
async function requests(host: ActingHost, version: string): Promise<string[]> {
  const made: string[] = [];
  const client = through(host, (request, perform) => {
    made.push(request);
    return perform();
  });
  await (await changing(client, { version })).done;
  return made;
}

const recordOf = (host: ActingHost) =>
  parseRecord(host.files.get('probe.kplugin.json') ?? '', 'probe');

describe('what is sent', () => {
  it('the same content again: one round of questions, nothing else', async () => {
    expect(await requests(running(), '1.0.0')).toEqual(['plugins', 'exported', 'status']);
  });

  it('an update: the rollback is written down before anything changes', async () => {
    expect(await requests(running(), '2.0.0')).toEqual([
      ...['plugins', 'exported', 'status', 'uploads'],
      ...['upload', 'registrations', 'uploadText', 'update'],
      ...['status', 'status', 'status', 'plugin', 'registrations'],
      ...['uploadText', 'registrations'],
    ]);
  });

  it('a first installation: nothing of it can lie among the uploads', async () => {
    expect(await requests(new ActingHost('2.4.0'), '1.0.0')).toEqual([
      ...['plugins', 'exported'],
      ...['upload', 'registrations', 'uploadText', 'create'],
      ...['status', 'status', 'status', 'plugin', 'registrations'],
      ...['uploadText', 'registrations'],
    ]);
  });

  it('a package that is known to be on the host whole is not sent again', async () => {
    const host = running();
    await (await changing(host)).done;
    const again = await requests(host, '1.0.0');
    expect(again).not.toContain('upload');
    expect(host.running('probe')).toBe('1.0.0');
  });

  it('a zip that only has the right name is sent: it may have broken off', async () => {
    const host = running();
    host.disk.add(uploadOf('2.0.0'));
    expect(await requests(host, '2.0.0')).toContain('upload');
  });
});

describe('the record', () => {
  it('has what ran, newest first, by the clock of the host', async () => {
    const host = running();
    await (await changing(host)).done;
    expect(recordOf(host)).toMatchObject({
      pending: null,
      entries: [
        { version: '2.0.0', outcome: 'running', time: Date.UTC(2026, 0, 2, 3, 4, 5) },
        { version: '1.0.0', outcome: 'running', time: null },
      ],
    });
  });

  it('has what failed, and forgets nothing that ran', async () => {
    const host = running();
    await expect((await changing(host, { version: '2.0.0-dies' })).done).rejects.toThrow();
    expect(recordOf(host)?.entries.map(({ version, outcome }) => `${version} ${outcome}`)).toEqual([
      '2.0.0-dies failed',
      '1.0.0 running',
    ]);
  });

  it('that cannot be written is no failure', async () => {
    const host = running();
    host.uploadText = async () => {
      throw (await import('./fake-host.ts')).hostFailure('refused', 'disk full');
    };
    await (await changing(host)).done;
    expect(host.running('probe')).toBe('2.0.0');
  });
});

describe('a check of the operator', () => {
  const verify = (command: string) => verifyProgram(command, { cwd: '/', env: process.env });

  it('that accepts keeps the new version', async () => {
    const host = running();
    await (await changing(host, { accept: verify('test "$KPLUGIN_VERIFY_VERSION" = 2.0.0') })).done;
    expect(host.running('probe')).toBe('2.0.0');
    expect(recordOf(host)?.entries[0]).toMatchObject({ version: '2.0.0', outcome: 'running' });
  });

  it('that does not: the version before is put back, and what it printed is the reason', async () => {
    const host = running();
    const accept = verify('echo "$KPLUGIN_VERIFY_PLUGIN on $KPLUGIN_VERIFY_HOST is bad"; exit 4');
    await expect((await changing(host, { accept })).done).rejects.toMatchObject({
      code: 'verify-failed',
      exit: 3,
      message: 'probe 2.0.0 failed on edge1:9081; probe 1.0.0 runs again',
      reason: expect.stringContaining('probe on edge1:9081 is bad'),
    });
    expect(host.running('probe')).toBe('1.0.0');
    expect(recordOf(host)?.entries[0]).toMatchObject({ version: '2.0.0', outcome: 'failed' });
  });

  it('gets the URL, and no setting or secret of kplugin', async () => {
    const env = { ...process.env, KPLUGIN_TOKEN: 'a.b.c', OTHER: 'mine' };
    const command = 'test "$OTHER $KPLUGIN_VERIFY_URL$KPLUGIN_TOKEN" = "mine http://edge1:9081"';
    const accept = verifyProgram(command, { cwd: '/', env });
    await expect((await changing(running(), { accept })).done).resolves.toBeDefined();
  });

  it('is ended by an interrupt, and the version before is put back', async () => {
    const host = running();
    const controller = new AbortController();
    const accept: typeof verify extends (command: string) => infer V ? V : never = (run) => {
      setImmediate(() => controller.abort());
      return verify('sleep 600')(run);
    };
    const { signal } = controller;
    await expect((await changing(host, { accept, signal })).done).rejects.toMatchObject({
      code: 'interrupted',
      exit: 130,
    });
    expect(host.running('probe')).toBe('1.0.0');
  });
});

describe('old uploads', () => {
  it('the newest two stay; what kplugin did not put there stays as well', async () => {
    const host = running();
    host.disk.add('probe-0.1.0-00000000.zip').add('other.zip');
    for (const version of ['2.0.0', '3.0.0', '4.0.0'])
      await (await changing(host, { version })).done;
    expect([...host.disk].sort()).toEqual(
      ['other.zip', 'probe-0.1.0-00000000.zip', uploadOf('3.0.0'), uploadOf('4.0.0')].sort(),
    );
  });

  it('one that another plugin is registered with stays', async () => {
    const host = running();
    await (await changing(host)).done;
    host.registered.set('duplicate', {
      name: 'duplicate',
      file: `file:///up/${uploadOf('1.0.0')}`,
      shellParas: [],
    });
    await (await changing(host, { version: '3.0.0' })).done;
    expect(host.disk).toContain(uploadOf('1.0.0'));
  });
});

it('an abandoned change that comes to its end all the same is replaced by what ran before', async () => {
  /** Shows no plugin while it is at work on an update, and has the new one when the next request comes. */
  class SlowHost extends ActingHost {
    private late: Registration | null = null;

    override async update(registration: Registration): Promise<void> {
      if (this.late !== null || registration.file.includes('1.0.0'))
        return super.update(registration);
      this.asked.push(`PUT ${registration.name}`);
      this.late = registration;
      await this.remove(registration.name);
      throw hostFailure('refused', 'timed out');
    }
    override async create(registration: Registration): Promise<void> {
      if (this.late !== null) await super.create(this.late);
      return super.create(registration);
    }
  }
  const host = new SlowHost('2.4.0').has('probe', '1.0.0', uploadOf('1.0.0'));
  await expect((await changing(host)).done).rejects.toMatchObject({
    message: 'probe 2.0.0 failed on edge1:9081; probe 1.0.0 runs again',
  });
  expect(host.running('probe')).toBe('1.0.0');
  expect(host.asked.filter((one) => /^(?:PUT|POST) probe/.test(one))).toEqual([
    'PUT probe',
    'POST probe',
    'POST probe',
    'PUT probe',
  ]);
});

describe('a change that fails says both: what failed, and what runs now', () => {
  it.each([
    ['2.0.0-refused', 'edge1:9081: invalid plugin'],
    ['2.0.0-dies', 'probe was installed on edge1:9081 and does not run: exit status 3\n'],
  ])('%s', async (version, why) => {
    const host = running();
    const { done, notes } = await changing(host, { version });
    await expect(done).rejects.toMatchObject({
      exit: 3,
      message: `probe ${version} failed on edge1:9081; probe 1.0.0 runs again`,
      reason: expect.stringContaining(why),
      data: {
        tried: { version, act: 'install' },
        after: { version: '1.0.0', state: 'back', known: true },
      },
    });
    expect(notes).toContain(
      'that failed; making sure that probe 1.0.0 runs (Ctrl-C twice leaves it as it is)',
    );
  });

  it('also when the rollback fails, with what the host has and the command that fixes it', async () => {
    const host = running();
    const { done } = await changing(host, { version: '2.0.0-refused' });
    host.disk.delete(uploadOf('1.0.0'));
    await expect(done).rejects.toMatchObject({
      message:
        'what ran before could NOT be put back: edge1:9081 has no probe now; probe 2.0.0-refused failed',
      reason: expect.stringMatching(
        /^edge1:9081: invalid plugin\nthe rollback to probe 1.0.0 failed: edge1:9081: open probe-1.0.0/,
      ),
      data: { after: { version: null, state: 'lost', known: true } },
      hint: expect.stringMatching(/^kplugin rollback probe --host edge1:9081\n/),
    });
    expect(recordOf(host)?.pending).toMatchObject({ before: { name: 'probe' } });
  });

  it('never over what somebody else installed meanwhile', async () => {
    const host = running();
    host.disk.add('theirs.zip');
    const gate = through(host, async (request, perform) => {
      const result = await perform();
      if (request === 'update') {
        host.has('probe', '7.0.0', 'theirs.zip');
      }
      return result;
    });
    await expect((await changing(gate)).done).rejects.toMatchObject({
      code: 'conflicting',
      message: expect.stringContaining(
        'somebody else installed it meanwhile: edge1:9081 has probe 7.0.0 from theirs.zip',
      ),
    });
    expect(host.running('probe')).toBe('7.0.0');
  });
});

describe('updates that kill (docs/ekuiper.md#killed-by-an-update)', () => {
  it('are done once more', async () => {
    const host = new ActingHost('2.0.8').has('probe', '1.0.0', uploadOf('1.0.0'));
    host.killing = [1];
    const { done, notes } = await changing(host);
    expect(await done).toMatchObject({ attempts: 2, health: { state: 'running' } });
    expect(notes.at(-1)).toContain('once more');
  });

  it('a rollback that kills is done once more as well', async () => {
    const host = running();
    host.killing = [2];
    const { done, notes } = await changing(host, { version: '2.0.0-dies' });
    await expect(done).rejects.toThrow('probe 1.0.0 runs again');
    expect(host.running('probe')).toBe('1.0.0');
    expect(notes.at(-1)).toContain('once more');
  });
});
