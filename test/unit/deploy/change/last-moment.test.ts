import { describe, expect, it } from 'vitest';
import type { HostClient } from '../../../../src/client/host-client.ts';
import { asked } from '../../../../src/deploy/change/failed.ts';
import { ActingHost } from './acting-host.ts';
import { changing, uploadOf } from './changing.ts';
import { hostFailure } from './fake-host.ts';

const running = (): ActingHost => new ActingHost('2.4.0').has('probe', '1.0.0', uploadOf('1.0.0'));

/** Somebody else installs 3.0.0 while the record is written for the second time: at the end of a change. */
function conflictingAtTheEnd(host: ActingHost): ActingHost {
  const write = host.uploadText.bind(host);
  let written = 0;
  host.uploadText = async (name, content) => {
    await write(name, content);
    written += 1;
    if (written !== 2) return;
    host.dead.clear();
    host.has('probe', '3.0.0', uploadOf('3.0.0'));
  };
  return host;
}

const CONFLICTING =
  /; somebody else installed it meanwhile: edge1:9081 has probe 3\.0\.0 from probe-3\.0\.0-/;

describe('somebody else installs while a change ends: what is told is what was seen last', () => {
  it('a change that went well until then', async () => {
    const host = conflictingAtTheEnd(running());
    await expect((await changing(host)).done).rejects.toMatchObject({
      exit: 3,
      message: expect.stringMatching(CONFLICTING),
    });
    expect(host.running('probe')).toBe('3.0.0');
  });

  it.each([
    ['after a rollback', running],
    ['where there was nothing before', () => new ActingHost('2.4.0')],
  ])('a change that failed, %s', async (_, before) => {
    const host = conflictingAtTheEnd(before());
    await expect((await changing(host, { version: '2.0.0-dies' })).done).rejects.toMatchObject({
      exit: 3,
      message: expect.stringMatching(CONFLICTING),
    });
    expect(host.running('probe')).toBe('3.0.0');
  });
});

/** Something happens on the host while the package is on its way to it. */
function whileUploading(host: ActingHost, happens: () => void): ActingHost {
  const upload = host.upload.bind(host);
  host.upload = async (file) => {
    happens();
    return upload(file);
  };
  return host;
}

describe('the host is another one than the plan saw when the package is there: nothing is begun', () => {
  it.each([
    ['an update', running],
    ['a first installation', () => new ActingHost('1.14.7')],
  ])('somebody else installed meanwhile, %s', async (_, before) => {
    const own = before();
    const host = whileUploading(own, () => own.has('probe', '3.0.0', uploadOf('3.0.0')));
    await expect((await changing(host)).done).rejects.toMatchObject({
      code: 'conflicting',
      exit: 3,
      message: expect.stringMatching(CONFLICTING),
      data: { after: { version: '3.0.0', state: 'other', known: true } },
    });
    expect(host.running('probe')).toBe('3.0.0');
    expect([...host.files.keys()]).toEqual([]);
    expect(host.asked.filter((one) => /^(PUT|POST|DELETE) probe/.test(one))).toEqual([]);
  });

  it('somebody took it away meanwhile', async () => {
    const own = running();
    const host = whileUploading(own, () => {
      own.installed.clear();
      own.registered.clear();
    });
    await expect((await changing(host)).done).rejects.toMatchObject({
      code: 'conflicting',
      message:
        'probe 2.0.0 failed on edge1:9081; somebody else removed it meanwhile: edge1:9081 has no probe',
    });
  });

  it('and what it is cannot be found out', async () => {
    const own = running();
    const host = whileUploading(own, () => own.has('probe', '3.0.0', uploadOf('3.0.0')));
    host.plugin = () => Promise.reject(hostFailure('unreachable'));
    await expect((await changing(host)).done).rejects.toMatchObject({
      message: expect.stringContaining('what edge1:9081 has of probe now is NOT known'),
      hint: expect.stringContaining('kplugin describe probe --host edge1:9081'),
    });
  });
});

describe('Ctrl-C', () => {
  it('while a failed change is restored: exit 130, what failed and what runs now', async () => {
    const host = running();
    const controller = new AbortController();
    const write = host.update.bind(host);
    host.update = async (registration) => {
      // The second one brings 1.0.0 back.
      if (registration.file.includes('-1.0.0-')) controller.abort();
      return write(registration);
    };
    const { signal } = controller;
    const { done, notes } = await changing(host, { version: '2.0.0-dies', signal });
    await expect(done).rejects.toMatchObject({
      code: 'interrupted',
      exit: 130,
      message: 'probe 2.0.0-dies failed on edge1:9081, then interrupted; probe 1.0.0 runs again',
      reason: expect.stringContaining('exit status 3'),
    });
    expect(notes).toContain(
      'interrupted; making sure that probe 1.0.0 runs (Ctrl-C again leaves it as it is)',
    );
    expect(host.running('probe')).toBe('1.0.0');
  });

  it('before anything is changed says so', async () => {
    // Only its address is looked at.
    const client = { address: { label: 'edge1:9081' } } as HostClient;
    const question = Promise.reject(new DOMException('aborted', 'AbortError'));
    await expect(asked(question, client)).rejects.toMatchObject({
      exit: 130,
      message: 'interrupted; no change was sent to edge1:9081',
    });
  });

  it('a host that was never reached: nothing is claimed of what runs there', async () => {
    const client = { address: { label: 'edge1:9081' } } as HostClient;
    const question = Promise.reject(hostFailure('unreachable', 'nothing listens'));
    await expect(asked(question, client)).rejects.toMatchObject({
      reason: expect.stringMatching(/^(?:(?!runs)[\s\S])*no change was sent to edge1:9081$/),
    });
  });
});
