import { describe, expect, it } from 'vitest';
import { planInstall } from '../../../src/deploy/change/plan.ts';
import { approveUnsure } from '../../../src/fleet/rollback-consent.ts';
import { fakeContext } from '../cli/fake-context.ts';
import { FakeHost } from '../deploy/change/fake-host.ts';

const WHY =
  "version 1.0.0 was installed from file:///up/gone.zip, which is not among the host's uploads";

/** Asks for hosts that have a version which cannot be promised back. */
async function asking(labels: readonly string[], answer: boolean | null, yes = false) {
  const host = new FakeHost('2.4.0').has('probe', '1.0.0', 'gone.zip');
  const plan = await planInstall(host, {
    plugin: { name: 'probe', version: '2.0.0', symbols: [] },
    uploadName: 'probe-2.0.0-aaaaaaaa.zip',
    shellParas: [],
    reinstall: false,
  });
  const heard = fakeContext(answer, { yes });
  const unsure = labels.map((label) => ({ label, plan }));
  return { heard, done: approveUnsure(unsure, heard.context) };
}

describe('a rollback that cannot be promised', () => {
  it('is said, with why, before the question', async () => {
    const { heard, done } = await asking(['edge1:9081'], true);
    await done;
    expect(heard.lines).toEqual([
      `warn: warning: if this fails, the rollback cannot be promised: ${WHY}`,
    ]);
    expect(heard.questions).toEqual(['Change probe on edge1:9081 all the same?']);
  });

  it('is asked for once for many hosts, which are named', async () => {
    const { heard, done } = await asking(['edge2', 'edge4'], true);
    await done;
    expect(heard.lines).toEqual([
      `warn: warning: if this fails, the rollback cannot be promised: ${WHY} (on edge2, edge4)`,
    ]);
    expect(heard.questions).toEqual(['Change probe on edge2, edge4 all the same?']);
  });

  it.each([[['edge1']], [['edge1', 'edge2']]])('stops at a no: %j', async (labels) => {
    const { done } = await asking(labels, false);
    await expect(done).rejects.toMatchObject({ code: 'not-confirmed', exit: 2 });
  });

  it('is never taken for granted where nobody can be asked', async () => {
    const one = await asking(['edge1:9081'], null);
    await expect(one.done).rejects.toMatchObject({
      code: 'no-rollback-target',
      exit: 2,
      reason: WHY,
      hint: expect.stringMatching(/kplugin install <zip> --host edge1:9081 .*or add --yes$/),
    });
    const two = await asking(['edge1', 'edge2'], null);
    await expect(two.done).rejects.toMatchObject({
      code: 'no-rollback-target',
      exit: 2,
      hint: expect.stringMatching(/^leave these hosts out, .* add --yes$/),
    });
  });

  it('--yes answers', async () => {
    const { heard, done } = await asking(['edge1'], null, true);
    await done;
    expect(heard.questions).toEqual([]);
  });

  it('nothing is asked where every host is sure', async () => {
    const { heard, done } = await asking([], null);
    await done;
    expect([...heard.lines, ...heard.questions]).toEqual([]);
  });
});
