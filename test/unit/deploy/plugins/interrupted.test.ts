import { describe, expect, it } from 'vitest';
import { describePlugin, listPlugins } from '../../../../src/deploy/plugins/host-plugins.ts';
import { interruptedFix, interruptedText } from '../../../../src/deploy/plugins/interrupted.ts';
import { EMPTY_RECORD, recordName } from '../../../../src/deploy/record/host-record.ts';
import { recordText } from '../../../../src/deploy/record/record-store.ts';
import { FakeHost } from '../change/fake-host.ts';
import { hostWith, NEW, OLD } from './interrupted-host.ts';

describe('a change that never came to its end', () => {
  it('is listed where the plugin is gone, with the rollback', async () => {
    const { plugins, gone } = await listPlugins(hostWith(OLD, null));
    expect(plugins).toEqual([]);
    const [one] = gone;
    if (one === undefined) throw new Error('nothing is gone');
    expect(one).toMatchObject({ plugin: 'pysam', wanted: '1.1.0', before: '1.0.0', now: 'none' });
    expect(interruptedText(one)).toBe(
      'kplugin began to replace 1.0.0 by 1.1.0 at 2026-11-22 00:54 UTC and never said that it was done: ' +
        'that run is still at work, or it was interrupted; neither is there now',
    );
    expect(interruptedFix(one, 'edge1')).toBe('kplugin rollback pysam --host edge1');
  });

  it.each([
    [null, null, 'it is not there now', 'kplugin install <dir|zip> --host edge1'],
    [OLD, OLD, '1.0.0 is registered', 'kplugin install <dir|zip> --host edge1'],
    [OLD, NEW, '1.1.0 is registered, and nobody', 'kplugin rollback pysam --host edge1'],
    [OLD, 'other.zip', 'another version is registered', 'kplugin rollback pysam --host edge1'],
  ])('from %s, found with %s', async (before, now, words, fix) => {
    const { plugins, gone } = await listPlugins(hostWith(before, now));
    const one = plugins[0]?.interrupted ?? gone[0];
    if (one === undefined) throw new Error('no word of it');
    expect(interruptedText(one)).toContain(words);
    expect(interruptedFix(one, 'edge1')).toBe(fix);
  });

  it('is the reason why a plugin that is asked for by its name is not there', async () => {
    await expect(describePlugin(hostWith(OLD, null), 'pysam')).rejects.toMatchObject({
      code: 'no-such-plugin',
      message: 'edge1:9081 has no plugin pysam any more',
      reason: expect.stringContaining('replace 1.0.0 by 1.1.0'),
      hint: 'kplugin rollback pysam --host edge1:9081\nto abandon it: kplugin remove pysam --host edge1:9081',
    });
  });

  it('stands beside a plugin that is there', async () => {
    const found = await describePlugin(hostWith(OLD, NEW), 'pysam');
    expect(found.interrupted).toMatchObject({ now: 'wanted', before: '1.0.0' });
  });

  it('is told by the version while eKuiper still waits for it and has no registration', async () => {
    const host = hostWith(OLD, null).has('pysam', '1.1.0', NEW);
    host.registered.clear();
    expect((await listPlugins(host)).plugins[0]?.interrupted?.now).toBe('wanted');
  });

  it('is nothing where the record knows the end, or there is none', async () => {
    const host = new FakeHost('2.4.0').has('pysam', '1.0.0', OLD);
    expect((await describePlugin(host, 'pysam')).interrupted).toBeNull();
    host.files.set(recordName('pysam'), recordText(EMPTY_RECORD));
    expect((await describePlugin(host, 'pysam')).interrupted).toBeNull();
    host.files.set(recordName('removed'), recordText(EMPTY_RECORD));
    expect((await listPlugins(host)).gone).toEqual([]);
  });
});
