import { describe, expect, it } from 'vitest';
import { rulesAfter } from '../../../../src/deploy/change/after-failure.ts';
import { planInstall } from '../../../../src/deploy/change/plan.ts';
import type { Restored, Restoring } from '../../../../src/deploy/change/restore.ts';
import type { RuleVerdict } from '../../../../src/deploy/rules/rule-verdict.ts';
import type { RuleWatch, WatchTiming } from '../../../../src/deploy/rules/rule-watch.ts';
import { ENDINGS } from './endings.ts';
import { FakeHost, fakeClock, hostFailure, notingWatcher } from './fake-host.ts';

const verdict: RuleVerdict = {
  rule: 'r1',
  state: 'answers',
  words: '',
  failedBefore: false,
  rowsBefore: true,
  cameIn: true,
};

const LOST = 'call func f error: function f time out, plugin kpcop status running, message: .';

async function looking(
  name: string,
  cause: Restoring['cause'],
  seen: RuleVerdict | Error | null,
  uses: readonly string[] = ['r1'],
) {
  const host = new FakeHost('2.4.0').has('kpcop', '1.1.0', 'kpcop-1.1.0-11111111.zip');
  const plan = await planInstall(host, {
    plugin: { name: 'kpcop', version: '1.2.0', symbols: [] },
    uploadName: 'kpcop-1.2.0-22222222.zip',
    shellParas: [],
    reinstall: false,
  });
  const timings: WatchTiming[] = [];
  const watch: RuleWatch = {
    rules: uses,
    longest: () => 0,
    receiving: async () => new Set(),
    verdicts: async (timing) => {
      timings.push(timing);
      if (seen instanceof Error) throw seen;
      return seen === null ? [] : [seen];
    },
  };
  const watcher = notingWatcher();
  const restoring = {
    client: host,
    clock: fakeClock(),
    watcher,
    plan: { ...plan, uses: uses.map((rule) => ({ rule, symbols: [], by: 'read' as const })) },
    cause,
    watch: seen === null ? null : watch,
  };
  const after = await rulesAfter(restored(name), restoring);
  return { after, timings, host, told: watcher.notes };
}

function restored(name: string): Restored {
  const found = ENDINGS.find((ending) => ending.name === name);
  if (found === undefined) throw new Error(`no ending ${name}`);
  return found.restored;
}

describe('the rules after a rollback', () => {
  it.each(['back', 'untouched'])('%s: it is said how they are', async (name) => {
    const { after, told } = await looking(name, 'bad', verdict);
    expect(after).toEqual({
      verdicts: [verdict],
      notes: ['rule r1 answers: rows went through it'],
    });
    expect(told).toEqual(['for rows through r1']);
  });

  it.each(['removed', 'other', 'lost'])('%s: there is nothing to look at', async (name) => {
    const { after, timings } = await looking(name, 'bad', verdict);
    expect({ after, timings }).toEqual({ after: { verdicts: [], notes: [] }, timings: [] });
  });

  it('lost functions come with what helps', async () => {
    const { after } = await looking('back', 'bad', { ...verdict, state: 'fails', words: LOST });
    expect(after.notes).toEqual([
      expect.stringContaining('rule r1'),
      expect.stringContaining('kplugin explain functions-lost-on-update'),
    ]);
  });

  it('are asked by what Ctrl-C does not stop, and then not for long', async () => {
    const patient = await looking('back', 'bad', verdict);
    const hurried = await looking('back', 'unwanted', verdict);
    expect(patient.timings).toMatchObject([{ limit: 15_000 }]);
    expect(hurried.timings).toMatchObject([{ limit: 6000 }]);
    expect(hurried.timings[0]?.client).toBe(hurried.host);
  });

  it('that cannot be seen are no failure, and it is said', async () => {
    const { after } = await looking('back', 'bad', hostFailure('dropped', 'gone'));
    expect(after.notes).toEqual(['how its rules are now is not known: edge1:9081: gone']);
    const unwatched = await looking('back', 'bad', null);
    expect(unwatched.after.notes).toEqual([
      'how its rules are now is not known: r1 could not be looked at before the change',
    ]);
  });

  it('that did not run before say nothing', async () => {
    expect((await looking('back', 'bad', verdict, [])).after.notes).toEqual([]);
  });
});
