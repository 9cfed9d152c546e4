import { describe, expect, it } from 'vitest';
import { NOTHING_EXPORTED } from '../../../../src/client/exported.ts';
import { applyPrune, bytesOf, planPrune } from '../../../../src/deploy/plugins/prune.ts';
import { FakeHost } from '../change/fake-host.ts';

const OLD = 'gone-1.0.0-0a1b2c3d.zip';
const NOW = 'pysam-1.0.0-0a1b2c3d.zip';

function host(version = '2.4.0', uploads: string[] = [OLD, NOW, 'other.zip']): FakeHost {
  const made = new FakeHost(version).has('pysam', '1.0.0', NOW);
  made.uploads = async () => uploads;
  made.removeUpload = async (name) => {
    made.asked.push(`REMOVE ${name}`);
    return uploads.includes(name);
  };
  return made;
}

describe('prune', () => {
  it('changes nothing while it plans', async () => {
    const made = host();
    const plan = await planPrune(made, null);
    expect(plan).toMatchObject({ unneeded: [{ name: OLD, plugin: 'gone', size: null }], kept: 1 });
    expect(made.asked).toEqual([]);
  });

  it('takes those of the named plugin only', async () => {
    expect((await planPrune(host(), 'pysam')).unneeded).toEqual([]);
    expect((await planPrune(host(), 'gone')).unneeded.map(({ name }) => name)).toEqual([OLD]);
  });

  it('removes what was agreed to', async () => {
    const made = host();
    const removed = await applyPrune(made, null, await planPrune(made, null));
    expect(removed.map(({ name }) => name)).toEqual([OLD]);
    expect(made.asked).toEqual([`REMOVE ${OLD}`]);
  });

  it('leaves what somebody has installed since', async () => {
    const made = host();
    const plan = await planPrune(made, null);
    made.has('gone', '1.0.0', OLD);
    expect(await applyPrune(made, null, plan)).toEqual([]);
    expect(made.asked).toEqual([]);
  });

  it.each(['1.7.2', '1.5.0'])('eKuiper %s does not report what is needed', async (version) => {
    const made = host(version);
    made.exported = async () => NOTHING_EXPORTED;
    await expect(planPrune(made, null)).rejects.toMatchObject({
      code: 'registrations-unreported',
      exit: 3,
    });
  });
});

it.each([
  [[], null],
  [[null], null],
  [[null, 3, 4], 7],
])('the bytes of %j are %j', (sizes, expected) => {
  expect(bytesOf(sizes.map((size) => ({ size })))).toBe(expected);
});
