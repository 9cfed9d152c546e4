import { describe, expect, it } from 'vitest';
import { planInstall } from '../../../src/deploy/install/plan.ts';
import { approveNoRollback } from '../../../src/hosts/rollback-target-consent.ts';
import { fakeContext } from '../cli/deploy/fake-context.ts';
import { FakeHost } from '../deploy/install/fake-host.ts';

async function asking(answer: boolean | null, yes = false) {
  const host = new FakeHost('2.4.0').has('probe', '1.0.0', 'gone.zip');
  const plan = await planInstall(host, {
    plugin: { name: 'probe', version: '2.0.0', symbols: [] },
    uploadName: 'probe-2.0.0-aaaaaaaa.zip',
    shellParas: [],
    reinstall: false,
  });
  const heard = fakeContext(answer, { yes });
  return { heard, done: approveNoRollback(plan, 'edge1:9081', heard.context) };
}

const WHY =
  "version 1.0.0 was installed from file:///up/gone.zip, which is not among the host's uploads";

describe('a rollback that cannot be promised', () => {
  it('is said, with why, before the question', async () => {
    const { heard, done } = await asking(true);
    await done;
    expect(heard.lines).toEqual([
      `warn: warning: if this fails, the rollback cannot be promised: ${WHY}`,
    ]);
    expect(heard.questions).toEqual(['Change probe on edge1:9081 all the same?']);
  });

  it('stops at a no', async () => {
    const { done } = await asking(false);
    await expect(done).rejects.toMatchObject({ code: 'not-confirmed', exit: 2 });
  });

  it('is never taken for granted where nobody can be asked', async () => {
    const { done } = await asking(null);
    await expect(done).rejects.toMatchObject({
      code: 'no-rollback-target',
      exit: 2,
      reason: WHY,
      hint: expect.stringContaining('or add --yes'),
    });
  });

  it('--yes answers', async () => {
    const { heard, done } = await asking(null, true);
    await done;
    expect(heard.questions).toEqual([]);
  });
});
