import { describe, expect, it } from 'vitest';
import { troubleSentence } from '../../../../src/deploy/rules/rule-sentences.ts';
import { rulesInTrouble } from '../../../../src/deploy/rules/trouble.ts';
import { FakeHost } from '../change/fake-host.ts';
import { operator, ruleStatus } from './statuses.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);

interface Case {
  readonly rows?: number;
  /** Milliseconds since the last row, and since the rule was started. */
  readonly silent: number;
  readonly started?: number | null;
  readonly kind?: 'source' | 'function';
  readonly state?: string;
}

async function sentences({
  rows = 900,
  silent,
  started = HOUR,
  kind = 'source',
  state = 'running',
}: Case) {
  const host = new FakeHost('2.4.0');
  const source = { recordsIn: rows, recordsOut: rows, lastRowTime: NOW - silent };
  const status = ruleStatus([operator('source_s_0', source)], {
    state,
    startTime: started === null ? null : NOW - started,
  });
  host.ruleStatus = async () => status;
  const use = { rule: 'r', symbols: [{ kind, name: 'psrc' }], by: 'read' as const };
  return (await rulesInTrouble(host, 'probe', [use])).map(troubleSentence);
}

const said = (time: string, rows = 900): string[] => [
  `rule r runs, says eKuiper, but no row came for ${time}, though ${rows} came before`,
];

describe('a rule that eKuiper calls running and whose source brings nothing any more', () => {
  it.each<[string, Case, string[]]>([
    ['for a while', { silent: 100 * SECOND }, said('100 s')],
    ['for long', { silent: HOUR / 2 }, said('30 min')],
    ['less than a minute', { silent: 59 * SECOND }, []],
    ['a slow one: less than twenty times its pace', { rows: 12, silent: HOUR / 2 }, []],
    [
      'a slow one, for much longer',
      { rows: 12, silent: 9 * HOUR, started: 10 * HOUR },
      said('9 h', 12),
    ],
    ['too few rows to tell', { rows: 9, silent: HOUR }, []],
    ['another plugin’s source', { silent: HOUR / 2, kind: 'function' }, []],
    ['it is stopped', { silent: HOUR / 2, state: 'stopped' }, []],
    // The fake host runs for a second: before that, nothing can have come.
    ['its start is not told', { silent: 100 * SECOND, started: null }, said('100 s')],
  ])('%s', async (_name, one, expected) => {
    expect(await sentences(one)).toEqual(expected);
  });
});
