import { describe, expect, it } from 'vitest';
import { gateCounts, gatesOf, passGate } from '../../../src/fleet/gates.ts';
import { type HostResult, rollout } from '../../../src/fleet/rollout.ts';
import { fakeClock, hostFailure } from '../deploy/change/fake-host.ts';

describe('where a rollout looks again', () => {
  it.each<[string, string | undefined, string[], number, number, number[]]>([
    ['nowhere without a flag', undefined, [], 100, 1, []],
    ['after the canaries', '10m', [], 100, 2, [2]],
    ['after each batch', '10m', ['10%', '50%'], 100, 1, [1, 10, 50]],
    ['after batches without a pause', undefined, ['10%'], 30, 1, [1, 3]],
    ['after numbers of hosts, in their order', '1s', ['20', '5'], 100, 1, [1, 5, 20]],
    ['not after all of them', '1s', ['50%', '100%'], 4, 1, [1, 2]],
    ['after the only host', '1s', [], 1, 1, [1]],
    ['not before the first', '1s', ['10%'], 5, 0, [1]],
    ['each number once', '1s', ['1%', '2%'], 10, 1, [1]],
  ])('%s', (_, pause, batches, hosts, canary, counts) => {
    expect(gateCounts(hosts, canary, gatesOf({ pause, batches }))).toEqual(counts);
  });

  it.each([['0%'], ['101%'], ['half'], ['0'], ['-1'], ['10 %'], ['']])(
    'no batch: "%s"',
    (batch) => {
      expect(() => gatesOf({ batches: [batch] })).toThrow(
        expect.objectContaining({ code: 'bad-batches', exit: 2 }),
      );
    },
  );
});

describe('a gate', () => {
  const { signal } = new AbortController();
  const lines: string[] = [];
  const log = { info: (line: string) => lines.push(line) } as never;

  it('waits once for all, and tells which host got worse', async () => {
    const clock = fakeClock();
    const waits: number[] = [];
    const host = (label: string, worse: readonly string[]) => ({
      label,
      first: async () => async (waited: number) => {
        waits.push(waited);
        return worse;
      },
    });
    const gone = { label: 'edge3', first: () => Promise.reject(hostFailure('unreachable')) };
    const hosts = [host('edge1', []), host('edge2', ['rule r1 received no row']), gone];
    const failures = await passGate(hosts, 600_000, clock, { log, signal });
    expect([...failures.keys()].sort()).toEqual(['edge2', 'edge3']);
    expect(failures.get('edge2')).toMatchObject({
      code: 'gate-failed',
      message: 'edge2: after the pause rule r1 received no row',
    });
    expect(waits).toEqual([600_000, 600_000]);
    expect(lines).toEqual(['waiting 10 min, then looking again at edge1, edge2, edge3']);
  });
});

describe('a rollout with gates', () => {
  const said = (end: HostResult<string>): string =>
    end.state === 'not-started' ? end.why : end.state;

  async function run(gates: number[], bad: readonly string[], maxFailures = 0) {
    const looked: string[][] = [];
    const ends = await rollout(
      ['a', 'b', 'c', 'd', 'e'],
      {
        parallel: 2,
        canary: 1,
        maxFailures,
        gates,
        signal: new AbortController().signal,
        clock: { now: () => 0 },
      },
      async (host) => host,
      {
        started: () => {},
        ended: () => {},
        gate: async (done) => {
          looked.push(done.map(({ host }) => host));
          const worse = done.filter(({ host }) => bad.includes(host));
          return new Map(worse.map(({ host }) => [host, new Error('worse')]));
        },
      },
    );
    return { looked, ends: ends.map(({ end }) => said(end)).join(' ') };
  }

  it.each([
    [[], [], [], 'done done done done done'],
    [[1, 3], [], [['a'], ['b', 'c']], 'done done done done done'],
    [[1, 3], ['a'], [['a']], 'failed gate-failed gate-failed gate-failed gate-failed'],
    [[1, 3], ['c'], [['a'], ['b', 'c']], 'done done failed gate-failed gate-failed'],
  ])('after %j, worse: %j', async (gates, bad, looked, ends) => {
    expect(await run(gates, bad)).toEqual({ looked, ends });
  });

  it('stops at a host that got worse, however many failures are tolerated', async () => {
    expect((await run([1], ['a'], 9)).ends).toMatch(/^failed gate-failed/);
  });
});
