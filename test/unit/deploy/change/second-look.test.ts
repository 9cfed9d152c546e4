import { describe, expect, it } from 'vitest';
import type { RuleStatus } from '../../../../src/client/rule-status.ts';
import { firstLook } from '../../../../src/deploy/change/second-look.ts';
import { operator, ruleStatus } from '../rules/statuses.ts';
import { FakeHost } from './fake-host.ts';

const WAITED = 600_000;

/** A rule with so many rows of its source, and exceptions. */
const rule = (rows: number, exceptions = 0, some: Partial<RuleStatus> = {}): RuleStatus =>
  ruleStatus(
    [
      operator('source_demo_0', { recordsIn: rows, recordsOut: rows }),
      operator('op_2_project_0', { exceptions, lastException: exceptions > 0 ? 'boom\nat x' : '' }),
    ],
    { startTime: 5, ...some },
  );

/** A host that was not restarted while it was waited for. */
class LongUp extends FakeHost {
  up = 100_000;
  override async info() {
    return { ...(await super.info()), upTimeSeconds: this.up };
  }
}

async function worse(
  before: RuleStatus | null,
  after: RuleStatus | null,
  change: (host: LongUp) => void = () => {},
  waited = WAITED,
) {
  const host = new LongUp('2.4.0').has('probe', '2.0.0', 'p.zip') as LongUp;
  host.ruleStatus = async () => before;
  const again = await firstLook(host, {
    name: 'probe',
    rules: ['r1'],
    receiving: new Set(['r1']),
  });
  host.ruleStatus = async () => after;
  change(host);
  return again(host, waited);
}

describe('a second look', () => {
  it.each<[string, RuleStatus | null, RuleStatus | null, string[]]>([
    ['rows came', rule(10), rule(20), []],
    ['no row came', rule(10), rule(10), ['rule r1 received no row']],
    ['the rule was deleted by somebody', rule(10), null, []],
    [
      'it was stopped before',
      rule(0, 0, { state: 'stopped' }),
      rule(0, 0, { state: 'stopped' }),
      [],
    ],
    ['exceptions of before', rule(10, 3), rule(20, 3), []],
    ['new exceptions', rule(10, 3), rule(20, 5), ['rule r1 threw 2 times: boom']],
    ['it was restarted', rule(10), rule(20, 0, { startTime: 9 }), ['rule r1 was restarted']],
    ['it was restarted on 1.x', rule(10), rule(2), ['rule r1 was restarted']],
    [
      'it is down',
      rule(10),
      rule(0, 0, { state: 'stopped_by_error', message: 'function f not found' }),
      ['rule r1 is down: function f not found'],
    ],
  ])('%s', async (_, before, after, expected) => {
    expect(await worse(before, after)).toEqual(expected);
  });

  it('does not ask for rows after a short pause', async () => {
    expect(await worse(rule(10), rule(10), () => {}, 5000)).toEqual([]);
  });

  it('sees a plugin that died or is gone, and an eKuiper that was restarted', async () => {
    const dead = await worse(rule(1), rule(2), (host) => {
      host.statuses = [{ state: 'error', error: 'exit status 3' }];
    });
    expect(dead).toEqual(['plugin probe is dead: exit status 3']);
    const late = await worse(rule(1), rule(2), (host) => {
      host.statuses = [{ state: 'error', error: 'signal: killed' }];
    });
    expect(late).toEqual([]);
    const gone = await worse(rule(1), rule(2), (host) => host.installed.clear());
    expect(gone).toEqual(['plugin probe is gone']);
    const restarted = await worse(rule(1), rule(2), (host) => {
      host.up = 60;
    });
    expect(restarted).toEqual(['eKuiper was restarted']);
  });
});
