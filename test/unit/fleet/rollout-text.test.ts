import { describe, expect, it } from 'vitest';
import { type PlanSummary, plansView } from '../../../src/commands/install/install-text.ts';
import { boardLines, type HostProgress } from '../../../src/fleet/board.ts';
import {
  countText,
  failureViews,
  type HostRow,
  rolloutViews,
  rowText,
  versionText,
  withoutLabel,
} from '../../../src/fleet/rollout-rows.ts';
import { EXIT, KpluginError } from '../../../src/model/error.ts';
import { plain } from '../../fixtures/plain.ts';

function row(label: string, more: Partial<HostRow>): HostRow {
  return {
    label,
    state: 'updated',
    before: '1.0.0',
    after: '1.1.0',
    ms: 1200,
    note: '',
    data: null,
    notes: [],
    error: null,
    ...more,
  };
}

function failure(label: string): Partial<HostRow> {
  const error = new KpluginError({
    code: 'host-dropped',
    exit: EXIT.host,
    message: `pysam 1.1.0 failed on ${label}; pysam 1.0.0 runs again`,
    reason: `${label} broke off`,
    notes: ['rule r answers: rows went through it'],
    hint: `kplugin status pysam --host ${label}`,
  });
  return { state: 'failed', after: '1.0.0', note: 'broke off', error };
}

describe('the table of a rollout', () => {
  it('has a line for each host, a line that counts, and the same failure once', () => {
    const rows = [
      row('edge1', {}),
      row('edge2', { state: 'installed', before: null }),
      row('edge3', failure('edge3')),
      row('edge4', failure('edge4')),
      row('edge5', { state: 'unchanged', before: '1.1.0', ms: null }),
      row('edge6', { state: 'not started', after: '1.0.0', ms: null, note: 'too many' }),
      row('edge7', { state: 'failed', before: null, after: null, ms: 900, note: 'no' }),
      row('edge8', { state: 'failed', after: undefined, ms: 900, note: 'gone' }),
    ];
    expect(
      plain([...rolloutViews(rows), ...failureViews(rows, false)]),
    ).toBe(`HOST   VERSION        STATE        NOW        TIME
edge1  1.0.0 → 1.1.0  updated      1.1.0      1 s
edge2  – → 1.1.0      installed    1.1.0      1 s
edge3  1.0.0          failed       1.0.0      1 s     broke off
edge4  1.0.0          failed       1.0.0      1 s     broke off
edge5  1.1.0          unchanged    1.1.0
edge6  1.0.0          not started  1.0.0              too many
edge7                 failed       none       900 ms  no
edge8  1.0.0          failed       not known  900 ms  gone

8 hosts: 1 installed, 1 updated, 1 unchanged, 4 failed, 1 not started

error: pysam 1.1.0 failed on edge3; pysam 1.0.0 runs again
  why  edge3 broke off
  note rule r answers: rows went through it
  fix  kplugin status pysam --host edge3
  the same on edge4
`);
  });

  it('has no column of what runs now where nothing failed: it is what was asked for', () => {
    expect(plain(rolloutViews([row('edge1', {})]))).not.toContain('NOW');
  });

  it('says of a failure what runs now, also while the others are at work', () => {
    expect(rowText(row('edge3', failure('edge3')))).toBe(
      'failed 1.0.0 (1 s): broke off; it has 1.0.0 now',
    );
  });

  it('counts one host as one', () => {
    expect(countText([row('edge1', {})])).toBe('1 host: 1 updated');
  });

  it.each([
    [{ before: null, after: undefined }, ''],
    [{ before: null, after: null }, ''],
    [{ before: '1.0.0', after: '1.0.0' }, '1.0.0'],
    [{ before: null, after: '1.0.0' }, '– → 1.0.0'],
    [{ before: '', after: '1.0.0' }, '? → 1.0.0'],
  ])('versions %o', (versions, text) => {
    expect(versionText(row('edge1', versions))).toBe(text);
  });

  it.each([
    ['edge1:9081 closed the connection', 'closed the connection'],
    ['nothing listens on edge1:9081', 'nothing listens'],
    ['edge1:9081: it answered with status 503', 'it answered with status 503'],
    ['what edge2:9081 said', 'what edge2:9081 said'],
  ])('does not name the host twice: %s', (text, without) => {
    expect(withoutLabel(text, 'edge1:9081')).toBe(without);
  });
});

describe('the plan of a rollout', () => {
  const edges = (count: number): string[] =>
    Array.from({ length: count }, (_, index) => `edge${index + 1}`);
  const NOTHING: PlanSummary = {
    hosts: 0,
    actions: { install: [], update: [], restart: [], unchanged: [] },
    from: new Map(),
    ekuipers: new Map(),
    rules: new Map(),
    collisions: new Map(),
    unsure: new Map(),
    warned: new Map(),
  };

  it('tells what is done where, what is to be known, and the order', () => {
    const summary: PlanSummary = {
      ...NOTHING,
      hosts: 12,
      actions: { install: ['new1'], update: edges(9), restart: ['dead1'], unchanged: ['same1'] },
      from: new Map([
        ['1.10.0', ['edge9']],
        ['1.9.0', edges(8)],
      ]),
      rules: new Map([['hot', ['edge1', 'edge2']]]),
      unsure: new Map([['it was installed from elsewhere', ['edge3']]]),
    };
    const order = { parallel: 8, canary: 2, maxFailures: 3, failed: 1 };
    expect(
      plain(plansView(summary, 'pysam 1.11.0', order)),
    ).toBe(`the plan for pysam 1.11.0 on 12 hosts:
  install      1  new1
  update       9  from 1.9.0: edge1, edge2, edge3, edge4 and 4 more; from 1.10.0: edge9
  start again  1  dead1
  unchanged    1  left alone
  rules that use it: hot (on edge1, edge2)
  no sure rollback: it was installed from elsewhere (on edge3)
  not possible on 1 more, see below
  order: 2 first, one after the other; then 8 at a time; no more when one of the first fails; no more after 3 failures
`);
  });

  it('says that there is none where no host could be looked at', () => {
    const order = { parallel: 8, canary: 1, maxFailures: 0, failed: 2 };
    expect(plain(plansView(NOTHING, 'the plugin', order))).toBe(
      'no plan for the plugin: none of the hosts could be read\n',
    );
  });

  it('says when nothing is begun, and nothing about the order when there is nothing to do', () => {
    const order = { parallel: 8, canary: 1, maxFailures: 0, failed: 2 };
    const one = { ...NOTHING, hosts: 1 };
    const install = { ...one, actions: { ...NOTHING.actions, install: ['edge1'] } };
    expect(plain(plansView(install, 'pysam', order))).toContain(
      '  nothing is begun: 2 failed already, and --max-failures is 0',
    );
    const unchanged = { ...one, actions: { ...NOTHING.actions, unchanged: ['edge1'] } };
    expect(plain(plansView(unchanged, 'pysam', { ...order, failed: 0 }))).toBe(
      'the plan for pysam on 1 host:\n  unchanged  1  left alone\n',
    );
  });
});

describe('lines of hosts at work', () => {
  const seat = (label: string, more: Partial<HostProgress> = {}): HostProgress => ({
    label,
    state: 'waiting',
    text: '',
    failed: false,
    ...more,
  });

  it('are one for each host where they fit', () => {
    const seats = [
      seat('edge1', { state: 'ended', text: 'updated' }),
      seat('edge10', { state: 'at-work', text: 'uploading 4 %' }),
      seat('edge2'),
    ];
    expect(boardLines(seats, 3)).toEqual([
      '  edge1   updated',
      '… edge10  uploading 4 %',
      '  edge2',
    ]);
  });

  it('are those at work and those that failed where they do not, and a line that counts', () => {
    const seats = [
      ...Array.from({ length: 50 }, (_, index) => seat(`done${index}`, { state: 'ended' })),
      seat('bad1', { state: 'ended', failed: true, text: 'failed' }),
      ...Array.from({ length: 3 }, (_, index) =>
        seat(`busy${index}`, { state: 'at-work', text: 'uploading' }),
      ),
      ...Array.from({ length: 9 }, (_, index) => seat(`later${index}`)),
    ];
    const count = '50 of 63 hosts done, 1 failed, 3 at work, 9 waiting';
    expect(boardLines(seats, 6)).toEqual([
      '  bad1    failed',
      '… busy0   uploading',
      '… busy1   uploading',
      '… busy2   uploading',
      count,
    ]);
    expect(boardLines(seats, 3)).toEqual(['… busy1   uploading', '… busy2   uploading', count]);
    expect(boardLines(seats, 1)).toEqual([count]);
  });
});
