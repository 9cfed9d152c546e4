import { describe, expect, it } from 'vitest';
import { parseHostInfo } from '../../../../src/client/answers.ts';
import type { RuleStatus } from '../../../../src/client/rule-status.ts';
import { verdictSentence, whatHelps } from '../../../../src/deploy/rules/rule-sentences.ts';
import { watchRules } from '../../../../src/deploy/rules/rule-watch.ts';
import type { SymbolKind } from '../../../../src/model/symbol.ts';
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

const use = (rule: string) => ({ rule, symbols: [], by: 'read' as const });

/** Watches rule `r`: how it is before the change, then look by look; the last one stays. */
async function watched(before: RuleStatus, ...looks: (RuleStatus | null)[]) {
  const host = new FakeHost('2.4.0');
  const answers: (RuleStatus | null)[] = [before, ...looks];
  host.ruleStatus = async () => (answers.length > 1 ? answers.shift() : answers[0]) ?? null;
  const watch = await watchRules(host, [use('r')]);
  const clock = fakeClock();
  const verdicts = await watch.verdicts({ clock });
  return { verdict: verdicts[0], seconds: clock.waited() / 1000 };
}

/** What a rule with `sendError` counts: the operators behind the first count the same errors, the sink counts rows. */
function withErrorsSent({ operators }: RuleStatus): RuleStatus {
  const [source, project] = operators;
  if (!source || !project) throw new Error('a line has three operators');
  const { exceptions, recordsOut } = project;
  return ruleStatus([
    source,
    project,
    operator('op_3_encode_0', { recordsIn: recordsOut, recordsOut, exceptions }),
    operator('sink_log_0_0', { recordsIn: recordsOut + exceptions }),
  ]);
}

const TIME_OUT = 'call func pfn error: time out';

describe('what is seen of a rule after an update', () => {
  it.each<[string, (RuleStatus | null)[], string, string, number]>([
    ['rows go through', [line(5, 5, 5), line(6, 6, 6)], 'answers', '', 1],
    ['rows go through a new start of it', [line(5, 5, 5), line(1, 1, 1)], 'answers', '', 1],
    ['none comes', [line(5, 5, 5)], 'quiet', 'no row came through', 5],
    ['they are filtered out', [line(5, 5, 5), line(9, 9, 5)], 'quiet', 'no row came through', 15],
    ['each throws', [line(5, 5, 5), line(9, 6, 5, 1), line(15, 7, 5, 2)], 'fails', TIME_OUT, 15],
    [
      'the one that was on its way throws, those after it do not',
      [line(5, 5, 5), line(6, 6, 5, 1), line(7, 7, 6, 1), line(8, 8, 7, 1)],
      'answers',
      '',
      3,
    ],
    [
      'each throws, and the sink is sent the errors (1.x)',
      [
        line(5, 5, 5),
        ruleStatus([
          ...line(8, 6, 5, 1).operators.slice(0, 2),
          operator('sink_log_0_0', { recordsIn: 6, recordsOut: 6 }),
        ]),
      ],
      'fails',
      TIME_OUT,
      15,
    ],
    [
      'a call does not come back, and nothing is thrown yet',
      [line(5, 5, 5), line(12, 6, 5)],
      'fails',
      '6 rows wait in front of op_2_project_0',
      15,
    ],
    [
      'it stops',
      [line(5, 5, 5), ruleStatus([], { state: 'stopped', message: 'Stopped: receive error.' })],
      'fails',
      'Stopped: receive error.',
      1,
    ],
    ['it goes away', [line(5, 5, 5), null], 'fails', 'the rule is gone', 1],
    ['it is gone from the first look on', [null], 'fails', 'the rule is gone', 0],
  ])('%s', async (_name, looks, state, words, after) => {
    const { verdict, seconds } = await watched(line(4, 4, 4), ...looks);
    expect(verdict).toMatchObject({ rule: 'r', state, words, failedBefore: false });
    expect(seconds).toBe(after);
  });

  it.each<[string, RuleStatus[], boolean]>([
    ['every row', [line(9, 8, 5, 2)], true],
    ['all but the one in work', [line(9, 9, 5, 3)], true],
    ['one of two', [line(9, 9, 7, 2)], false],
    ['two, and filters the others', [line(15, 15, 5, 2)], false],
    ['a single one', [line(9, 6, 5, 1)], false],
    ['none', [line(9, 9, 5, 0)], false],
    ['every row, and the sink is sent the errors', [withErrorsSent(line(9, 9, 5, 4))], true],
  ])('it throws for %s: onlyThrows is %3$s', async (_name, looks, onlyThrows) => {
    const { verdict } = await watched(line(5, 5, 5), line(5, 5, 5), ...looks);
    expect(verdict?.onlyThrows ?? false).toBe(onlyThrows);
  });

  it('remembers that it threw before', async () => {
    const { verdict } = await watched(line(4, 4, 3, 1), line(4, 4, 3, 1), line(5, 5, 3, 2));
    expect(verdict).toMatchObject({ state: 'fails', failedBefore: true });
  });

  it('a window with rows in it is not said to fail', async () => {
    const windowed = (rows: number): RuleStatus =>
      ruleStatus([
        operator('source_demo_0', { recordsIn: rows, recordsOut: rows }),
        operator('op_2_window_0', { recordsIn: rows }),
        operator('op_3_project_0'),
        operator('sink_log_0_0'),
      ]);
    const { verdict } = await watched(windowed(1), windowed(2), windowed(30));
    expect(verdict?.state).toBe('quiet');
  });

  it.each([
    ['sink', true],
    ['source', undefined],
  ] as const)('rows of a rule that has only its %s say so much: %s', async (kind, sinksOnly) => {
    const verdict = await answering(kind);
    expect(verdict).toMatchObject({ state: 'answers' });
    expect(verdict?.sinksOnly).toBe(sinksOnly);
    expect(verdict?.sinksUnseen).toBeUndefined();
  });

  it('rows of a rule with its function and its sink say nothing about the sink', async () => {
    const verdict = await answering('function', 'sink');
    expect(verdict).toMatchObject({ state: 'answers', sinksUnseen: true });
    expect(verdict?.sinksOnly).toBeUndefined();
  });

  /** The verdict on a rule with these of the plugin's symbols, through which rows come. */
  async function answering(...kinds: SymbolKind[]) {
    const host = new FakeHost('2.4.0');
    let seen = 0;
    host.ruleStatus = async () => {
      seen += 1;
      return line(seen, seen, seen);
    };
    const symbols = kinds.map((kind) => ({ kind, name: 'x' }));
    const one = { rule: 'r', symbols, by: 'read' as const };
    return (await (await watchRules(host, [one])).verdicts({ clock: fakeClock() }))[0];
  }

  it('looks at those that ran, all in one time', async () => {
    const host = new FakeHost('2.4.0');
    const states: Record<string, RuleStatus> = {
      a: line(1, 1, 1),
      off: ruleStatus([], { state: 'stopped' }),
      b: line(1, 1, 1),
    };
    // The fake's method takes nothing; a test needs the id.
    host.ruleStatus = async (...ids: string[]) => states[ids[0] ?? ''] ?? null;
    const watch = await watchRules(host, ['a', 'off', 'b', 'gone'].map(use));
    expect(watch.rules).toEqual(['a', 'b']);
    const clock = fakeClock();
    expect((await watch.verdicts({ clock, limit: 3000 })).map(({ state }) => state)).toEqual([
      'quiet',
      'quiet',
    ]);
    expect(clock.waited()).toBe(3000);
  });
});

/** As eKuiper 1.14.7 to 2.4.0 report what a function of a Python plugin raised. */
const TRACEBACK = `run Select error: call func pfn error: Traceback (most recent call last):
  File "main.py", line 26, in exec
    raise TimeoutError("error: time out")
TimeoutError: error: time out
`;

describe('as sentences', () => {
  const info = parseHostInfo({ version: '2.4.0', os: 'linux' });
  const verdict = {
    rule: 'r',
    state: 'fails',
    words: '',
    failedBefore: false,
    rowsBefore: false,
    cameIn: true,
  } as const;

  it.each([
    [{ ...verdict, state: 'answers' as const }, 'rule r answers: rows went through it'],
    [
      { ...verdict, state: 'answers' as const, sinksOnly: true as const },
      'rows reach the end of rule r; whether its sink takes them eKuiper does not tell',
    ],
    [
      { ...verdict, state: 'answers' as const, sinksUnseen: true as const },
      'rule r answers: rows reach its end; whether the sink takes them eKuiper does not tell',
    ],
    [
      { ...verdict, state: 'quiet' as const, words: 'no row came through' },
      'whether rule r still works is not known: no row came through',
    ],
    [{ ...verdict, words: 'first\nsecond' }, 'rule r fails: first\nsecond'],
    [
      { ...verdict, words: TRACEBACK, onlyThrows: true as const },
      `rule r throws for every row: ${TRACEBACK}`,
    ],
    [{ ...verdict, words: TIME_OUT, onlyThrows: true as const }, `rule r fails: ${TIME_OUT}`],
    [{ ...verdict, words: 'x', failedBefore: true }, 'rule r fails, as it did before: x'],
  ])('%j', (one, sentence) => {
    expect(verdictSentence(one)).toBe(sentence);
  });

  it.each([
    ['run Select error: alias: x … call func pfn error: time out, plugin p status running', true],
    ["call func pfn error: can't send message on function rep socket: receive time out", true],
    ['validate function pfn error: time out, plugin p status running, message: .', true],
    ['6 rows wait in front of op_2_project_0', true],
    ['Stopped: canceled manually.', false],
    [TRACEBACK, false],
  ])('what helps against "%s"', (words, isLost) => {
    const help = whatHelps([{ ...verdict, words }], info);
    if (!isLost) expect(help).toBeNull();
    else expect(help).toContain('kplugin explain functions-lost-on-update');
  });

  it('nothing has to help when it answers', () => {
    expect(whatHelps([{ ...verdict, state: 'answers' }], info)).toBeNull();
  });
});
