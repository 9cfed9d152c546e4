import { describe, expect, it } from 'vitest';
import type { RuleStatus } from '../../../../src/client/rule-status.ts';
import { watchRules } from '../../../../src/deploy/rules/rule-watch.ts';
import { FakeHost, fakeClock } from '../change/fake-host.ts';
import { line, operator, ruleStatus } from './statuses.ts';

const USE = { rule: 'r', symbols: [{ kind: 'source', name: 'x' }], by: 'read' } as const;

async function receiving(
  rows: readonly number[],
  { kind = 'source' as 'source' | 'sink', interrupted = null as number | null, thrown = 0 } = {},
) {
  const host = new FakeHost('1.14.7');
  const looks = rows.map((row, at) => line(row, row, row, thrown * at));
  host.ruleStatus = async () => (looks.length > 1 ? looks.shift() : looks[0]) ?? null;
  const clock = fakeClock();
  const watch = await watchRules(host, [{ ...USE, symbols: [{ kind, name: 'x' }] }]);
  const found = await watch.receiving({ clock, interrupted });
  return { isReceiving: found.has('r'), seconds: clock.waited() / 1000 };
}

describe('rules whose silence would say something', () => {
  it.each([
    ['rows each second', [1, 2, 3], true, 2],
    ['rows every other second', [1, 1, 2, 2, 3], true, 4],
    ['one burst', [1, 90, 90, 90, 90, 90], false, 5],
    ['none', [5], false, 5],
    ['it begins anew', [90, 1, 2], true, 2],
  ])('%s', async (_name, rows, isReceiving, seconds) => {
    expect(await receiving(rows)).toEqual({ isReceiving, seconds });
  });

  it('errors are no rows', async () => {
    expect((await receiving([1, 2, 3, 4, 5, 6], { thrown: 1 })).isReceiving).toBe(false);
  });

  it('a sink says nothing, and is not waited for', async () => {
    expect(await receiving([1, 2, 3], { kind: 'sink' })).toEqual({
      isReceiving: false,
      seconds: 0,
    });
  });

  it.each([
    [95_000, true],
    [80_000, false],
  ])('a run that was interrupted at 100 s, the last row at %i ms: %s', async (lastRowTime, is) => {
    const host = new FakeHost('1.14.7');
    const status: RuleStatus = ruleStatus([
      operator('sink_log_0_0', { recordsIn: 9, lastRowTime }),
    ]);
    host.ruleStatus = async () => status;
    const watch = await watchRules(host, [USE]);
    const found = await watch.receiving({ clock: fakeClock(), interrupted: 100_000 });
    expect(found.has('r')).toBe(is);
  });

  it('is waited for to the end, and its silence is told', async () => {
    const host = new FakeHost('1.14.7');
    const looks = [1, 2, 3].map((row) => line(row, row, row));
    host.ruleStatus = async () => (looks.length > 1 ? looks.shift() : looks[0]) ?? null;
    const clock = fakeClock();
    const watch = await watchRules(host, [USE]);
    await watch.receiving({ clock, interrupted: null });
    const before = clock.waited();
    expect(await watch.verdicts({ clock })).toMatchObject([
      { state: 'quiet', rowsBefore: true, cameIn: false },
    ]);
    expect(clock.waited() - before).toBe(15_000);
  });
});
