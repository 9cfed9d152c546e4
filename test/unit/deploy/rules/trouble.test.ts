import { describe, expect, it } from 'vitest';
import type { RuleStatus } from '../../../../src/client/rule-status.ts';
import { troubleSentence } from '../../../../src/deploy/rules/rule-sentences.ts';
import { rulesInTrouble } from '../../../../src/deploy/rules/trouble.ts';
import { FakeHost } from '../change/fake-host.ts';
import { operator, ruleStatus } from './statuses.ts';

const USE = {
  rule: 'r',
  symbols: [{ kind: 'function', name: 'pfn' }],
  by: 'read',
} as const;

async function sentences(status: RuleStatus | null): Promise<string[]> {
  const host = new FakeHost('2.4.0');
  host.ruleStatus = async () => status;
  return (await rulesInTrouble(host, 'probe', [USE])).map(troubleSentence);
}

const throwing = (words: string, exceptions = 1): RuleStatus =>
  ruleStatus([operator('op_2_project_0', { exceptions, lastException: words })]);

describe('trouble in a rule that uses a plugin', () => {
  it.each<[string, RuleStatus | null, string[]]>([
    ['none', ruleStatus([operator('op_2_project_0')]), []],
    ['the rule is gone', null, []],
    [
      'its function',
      throwing('call func pfn error: time out'),
      ['rule r threw once, the newest: call func pfn error: time out'],
    ],
    [
      'the plugin',
      throwing('time out, plugin probe status running\nmore', 3),
      ['rule r threw 3 times, the newest: time out, plugin probe status running'],
    ],
    ['another function', throwing('call func pfn2 error: my_pfn'), []],
    [
      'the newest of two operators',
      ruleStatus([
        operator('a', { exceptions: 1, lastException: 'pfn: new', lastExceptionTime: 9 }),
        operator('b', { exceptions: 7, lastException: 'pfn: old', lastExceptionTime: 5 }),
      ]),
      ['rule r threw once, the newest at 1970-01-01 00:00:00 UTC: pfn: new'],
    ],
    [
      'a moment ago, though rows go through again',
      ruleStatus([
        operator('a', { exceptions: 2, lastException: 'pfn: x', lastExceptionTime: 100_000 }),
        operator('sink_log_0_0', { lastRowTime: 160_000 }),
      ]),
      ['rule r threw 2 times, the newest at 1970-01-01 00:01:40 UTC: pfn: x'],
    ],
    [
      'long ago, and rows went through since',
      ruleStatus([
        operator('a', { exceptions: 2, lastException: 'pfn: x', lastExceptionTime: 100_000 }),
        operator('sink_log_0_0', { lastRowTime: 160_001 }),
      ]),
      [],
    ],
    ['stopped by hand', ruleStatus([], { state: 'stopped' }), []],
    [
      'stopped by hand (1.14)',
      ruleStatus([], { state: 'stopped', message: 'Stopped: canceled manually.' }),
      [],
    ],
    [
      'stopped by an error',
      ruleStatus([], { state: 'stopped', message: 'Stopped: receive error: handshake.' }),
      ['rule r is down: Stopped: receive error: handshake.'],
    ],
    [
      'stopped by an error without words',
      ruleStatus([], { state: 'stopped_by_error' }),
      ['rule r is down: stopped_by_error'],
    ],
  ])('%s', async (_name, status, expected) => {
    expect(await sentences(status)).toEqual(expected);
  });
});

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);

interface Silence {
  readonly rows?: number;
  /** Milliseconds since the last row, and since the rule was started. */
  readonly silent: number;
  readonly started?: number | null;
  readonly kind?: 'source' | 'function';
  readonly state?: string;
}

async function silenceSentences({
  rows = 900,
  silent,
  started = HOUR,
  kind = 'source',
  state = 'running',
}: Silence) {
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
  it.each<[string, Silence, string[]]>([
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
    expect(await silenceSentences(one)).toEqual(expected);
  });
});
