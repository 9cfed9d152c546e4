import { expect, it } from 'vitest';
import { type Found, refuseOther } from '../../../../src/commands/remove/removal.ts';
import { findPlugin, InterruptedPlugin } from '../../../../src/deploy/plugins/host-plugins.ts';
import { planRemoval } from '../../../../src/deploy/plugins/remove.ts';
import { EXIT, KpluginError } from '../../../../src/model/error.ts';
import { FakeHost } from '../../deploy/change/fake-host.ts';
import { hostWith, OLD } from '../../deploy/plugins/interrupted-host.ts';

type Present = Exclude<Found, { readonly absent: KpluginError }>;

async function there(...rules: readonly string[]): Promise<Present> {
  const host = new FakeHost('2.4.0').has('pysam', '1.0.0', OLD);
  const plan = await planRemoval(host, 'pysam');
  return {
    plan: { ...plan, uses: rules.map((rule) => ({ rule, symbols: [], by: 'read' as const })) },
  };
}

async function begun(): Promise<Present> {
  const thrown: unknown = await findPlugin(hostWith(OLD, null), 'pysam').catch((x: unknown) => x);
  if (!(thrown instanceof InterruptedPlugin)) throw new Error('it is there');
  return { interrupted: thrown };
}

const absent: Found = {
  absent: new KpluginError({ code: 'no-such-plugin', exit: EXIT.host, message: '', hint: '' }),
};

it.each<[string, Found, Present, RegExp | null]>([
  ['as it was', await there('r1'), await there('r1'), null],
  ['a rule that is gone', await there('r1', 'r2'), await there('r1'), null],
  ['a rule that came', await there('r1'), await there('r1', 'r2'), /rules use pysam: r2$/],
  ['begun and never ended, as before', await begun(), await begun(), null],
  ['begun since: somebody is at work', await there(), await begun(), /was begun since$/],
  ['begun since where there was none', absent, await begun(), /was begun since$/],
  ['there again', await begun(), await there(), /was not there, and is now$/],
  ['there where there was none', absent, await there(), /was not there, and is now$/],
])('what was agreed to for a host holds only for that: %s', (_, agreed, now, reason) => {
  const check = (): void => refuseOther('edge1', 'pysam', now, agreed);
  if (reason === null) expect(check).not.toThrow();
  else {
    const expected = { code: 'changed-since-plan', exit: 3, reason: expect.stringMatching(reason) };
    expect(check).toThrow(expect.objectContaining(expected));
  }
});
