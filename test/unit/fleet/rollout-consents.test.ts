import { describe, expect, it } from 'vitest';
import { askOnce, type Scripted } from '../../../src/fleet/rollout-consents.ts';
import { fakeContext } from '../cli/deploy/fake-context.ts';

/** A host where a package with that script is to be installed. */
function planned(label: string, script: string | null): Scripted {
  return { label, script, plan: { name: 'pysam', shellParas: [] } };
}

const EDGES = ['edge1', 'edge2', 'edge3', 'edge4', 'edge5', 'edge6'];
const SURE = new Map<string, string[]>();
const UNSURE = new Map([['it was installed from elsewhere', ['edge2', 'edge4']]]);

describe('questions for many hosts', () => {
  it('the script is shown and asked for once', async () => {
    const { context, questions, lines } = fakeContext(true);
    const all = EDGES.map((label) => planned(label, 'echo hello'));
    await askOnce(all, SURE, false, context);
    expect(questions).toEqual(['Let edge1, edge2, edge3, edge4 and 2 more run this script?']);
    expect(lines.join('\n').match(/\| echo hello/g)).toHaveLength(1);
  });

  it('hosts without a sure rollback are named, with the reason, and asked for once', async () => {
    const { context, questions, lines } = fakeContext(true);
    await askOnce([planned('edge2', null)], UNSURE, false, context);
    expect(questions).toEqual(['Go on with edge2, edge4 all the same?']);
    expect(lines.join('\n')).toContain('it was installed from elsewhere (on edge2, edge4)');
  });

  it('a no ends it', async () => {
    const { context } = fakeContext(false);
    await expect(askOnce([], UNSURE, false, context)).rejects.toMatchObject({
      code: 'not-confirmed',
      exit: 2,
    });
  });

  it('nobody to ask is no yes', async () => {
    const { context } = fakeContext(null);
    await expect(askOnce([], UNSURE, false, context)).rejects.toMatchObject({
      code: 'no-rollback-target',
      exit: 2,
      hint: expect.stringContaining('--yes'),
    });
    const script = [planned('edge1', 'echo hello')];
    await expect(askOnce(script, SURE, false, context)).rejects.toMatchObject({
      code: 'install-script-not-allowed',
    });
  });

  it('--yes and --allow-install-script answer', async () => {
    const yes = fakeContext(null, { yes: true });
    await askOnce([planned('edge1', 'echo hello')], UNSURE, false, yes.context);
    const allowed = fakeContext(null);
    await askOnce([planned('edge1', 'echo hello')], SURE, true, allowed.context);
    expect([...yes.questions, ...allowed.questions]).toEqual([]);
  });

  it('nothing is asked where there is nothing to ask', async () => {
    const { context, lines, questions } = fakeContext(null);
    await askOnce(
      EDGES.map((label) => planned(label, null)),
      SURE,
      false,
      context,
    );
    expect([...lines, ...questions]).toEqual([]);
  });
});
