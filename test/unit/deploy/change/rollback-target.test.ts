import { describe, expect, it } from 'vitest';
import { planInstall } from '../../../../src/deploy/change/plan.ts';
import type { Pending, RecordEntry } from '../../../../src/deploy/record/host-record.ts';
import { recordText } from '../../../../src/deploy/record/record-store.ts';
import { ActingHost } from './acting-host.ts';
import { uploadOf } from './changing.ts';

const registration = (version: string, file = `file:///up/${uploadOf(version)}`) => ({
  name: 'probe',
  file,
  shellParas: [],
});

const entry = (version: string, outcome: RecordEntry['outcome'] = 'running'): RecordEntry => ({
  version,
  digest: '0123456789',
  registration: registration(version),
  time: 1,
  outcome,
});

function recorded(host: ActingHost, entries: RecordEntry[], pending: Pending | null = null): void {
  host.files.set('probe.kplugin.json', recordText({ entries, pending }));
}

/** The rollback of installing 3.0.0. */
async function rollback(host: ActingHost, uploads: readonly string[] = []) {
  for (const version of uploads) host.disk.add(uploadOf(version));
  const plan = await planInstall(host, {
    plugin: { name: 'probe', version: '3.0.0', symbols: [] },
    uploadName: uploadOf('3.0.0'),
    shellParas: [],
    reinstall: true,
  });
  const { state, steps, reason } = plan.rollback;
  return { state, versions: steps.map(({ version }) => version), reason };
}

const host = (version = '2.4.0'): ActingHost => new ActingHost(version);
const with2 = (version = '2.4.0'): ActingHost =>
  host(version).has('probe', '2.0.0', uploadOf('2.0.0'));

describe('the rollback', () => {
  it('where there was nothing: nothing is left', async () => {
    expect(await rollback(host())).toEqual({ state: 'remove', versions: [], reason: null });
  });

  it('what runs, whose zip is on the host; what ran before that comes after it', async () => {
    const one = with2();
    recorded(one, [entry('2.0.0'), entry('1.1.0', 'failed'), entry('1.0.0')]);
    expect(await rollback(one, ['1.0.0', '1.1.0'])).toMatchObject({
      state: 'ready',
      versions: ['2.0.0', '1.0.0'],
    });
  });

  it('nothing whose zip is gone, but for what runs', async () => {
    const one = with2();
    recorded(one, [entry('2.0.0'), entry('1.0.0')]);
    expect(await rollback(one)).toMatchObject({ state: 'ready', versions: ['2.0.0'] });
  });

  it.each([
    ['http://ci/probe-2.zip', 'version 2.0.0 would have to be downloaded again by the host'],
    ['https://u:pw@ci/probe-2.zip?token=t.zip', 'by the host, from https://ci/probe-2.zip'],
    ['file:///root/probe.zip', 'was installed from file:///root/probe.zip, which is not among'],
    [`file:///up/${uploadOf('9.0.0')}`, 'which is not among the host'],
  ])('cannot be promised for %s', async (file, reason) => {
    const one = with2();
    one.registered.set('probe', registration('2.0.0', file));
    one.disk.clear();
    expect(await rollback(one)).toMatchObject({
      state: 'unsure',
      versions: ['2.0.0'],
      reason: expect.stringContaining(reason),
    });
  });

  it('cannot be promised where the host does not tell what it was installed from', async () => {
    const one = with2();
    one.registered.clear();
    one.disk.clear();
    const reason = 'the host does not tell what the present one was installed from';
    expect(await rollback(one)).toEqual({ state: 'unsure', versions: [], reason });
    recorded(one, [entry('1.0.0')]);
    expect(await rollback(one, ['1.0.0'])).toEqual({
      state: 'unsure',
      versions: ['1.0.0'],
      reason: `${reason}; in its place version 1.0.0 would be registered`,
    });
  });

  it.each([
    ['ran once by the record', [entry('2.0.0'), entry('1.0.0')], ['2.0.0', '1.0.0']],
    ['never ran', [entry('2.0.0', 'failed'), entry('1.0.0')], ['1.0.0', '2.0.0']],
  ])('of a dead one that %s', async (_name, entries, versions) => {
    const one = with2();
    one.dead.set('probe', 'exit status 3');
    recorded(one, entries);
    expect(await rollback(one, ['1.0.0'])).toMatchObject({ state: 'ready', versions });
  });

  it('where the candidate itself is there: what ran before, and it comes last', async () => {
    const one = host().has('probe', '3.0.0', uploadOf('3.0.0'));
    recorded(one, [entry('3.0.0'), entry('1.0.0')]);
    expect(await rollback(one, ['1.0.0'])).toMatchObject({
      state: 'ready',
      versions: ['1.0.0', '3.0.0'],
    });
  });

  it('after a run that was interrupted: what that one found', async () => {
    const one = host();
    const pending = { before: registration('1.0.0'), wanted: registration('2.0.0'), time: null };
    recorded(one, [entry('0.9.0')], pending);
    expect(await rollback(one, ['0.9.0', '1.0.0', '2.0.0'])).toMatchObject({
      state: 'ready',
      versions: ['1.0.0', '0.9.0'],
    });
  });

  it('what was removed on purpose stays removed', async () => {
    const one = host();
    recorded(one, [entry('1.0.0')]);
    expect(await rollback(one, ['1.0.0'])).toMatchObject({ state: 'remove', versions: [] });
  });

  it('on eKuipers without records: by the names of the uploads, the highest version first', async () => {
    expect(await rollback(host('1.10.2'), ['1.2.0', '1.10.0'])).toMatchObject({
      state: 'ready',
      versions: ['1.10.0', '1.2.0'],
    });
  });
});
