import { describe, expect, it } from 'vitest';
import { findPlugin } from '../../../../src/deploy/plugins/host-plugins.ts';
import { FakeHost } from '../change/fake-host.ts';

describe('finding plugins', () => {
  it('suggests the nearest name', async () => {
    const host = new FakeHost('2.4.0').has('pysam', '1', 'p.zip').has('mirror', '1', 'm.zip');
    await expect(findPlugin(host, 'pysm')).rejects.toMatchObject({
      code: 'no-such-plugin',
      exit: 3,
      reason: 'it has pysam, mirror',
      hint: 'did you mean pysam?',
    });
    await expect(findPlugin(host, 'zzz')).rejects.toMatchObject({
      hint: 'kplugin list --host edge1:9081',
    });
  });
});
