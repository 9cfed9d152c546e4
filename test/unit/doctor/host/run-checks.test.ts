import { describe, expect, it } from 'vitest';
import { HostFailure } from '../../../../src/client/host-failure.ts';
import { type Check, remark } from '../../../../src/doctor/host/check.ts';
import { type CheckEffects, runChecks } from '../../../../src/doctor/host/run-checks.ts';

function check(id: string, look: Check<null>['look']): Check<null> {
  return { id, asks: `the ${id}`, look };
}

const fine = (id: string) => check(id, async () => [remark(id, 'ok', `${id} is fine`)]);
const hanging = (id: string) => check(id, () => new Promise(() => {}));

/** Effects whose pauses end when the test says so. */
function effects(signal = new AbortController().signal) {
  const told: (readonly string[])[] = [];
  const pauses: { readonly ms: number; readonly end: () => void }[] = [];
  const made: CheckEffects = {
    signal,
    waiting: (asks) => told.push(asks),
    pause: (ms, over) =>
      new Promise((resolve) => {
        over.addEventListener('abort', () => resolve());
        pauses.push({ ms, end: resolve });
      }),
  };
  const endAll = (ms: number) => {
    for (const pause of pauses) if (pause.ms === ms) pause.end();
  };
  return { made, told, endAll };
}

describe('checks that run side by side', () => {
  it('come in the order of the list, whichever ends first', async () => {
    let open: () => void = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const late = check('late', async () => {
      await gate;
      return [remark('late', 'ok', 'at last')];
    });
    const early = check('early', async () => {
      open();
      return [remark('early', 'ok', 'at once')];
    });
    const remarks = await runChecks([late, early], null, 9, effects().made);
    expect(remarks.map(({ id }) => id)).toEqual(['late', 'early']);
  });

  it('a hanging one is said to have given no answer, and the others are heard', async () => {
    const { made, endAll } = effects();
    const all = runChecks([hanging('slow'), fine('quick')], null, 5000, made);
    endAll(5000);
    expect(await all).toEqual([
      remark(
        'slow',
        'warning',
        'the slow: no answer within 5 s',
        'ask again, and wait longer: --timeout 60s',
      ),
      remark('quick', 'ok', 'quick is fine'),
    ]);
  });

  it('says after two seconds what it waits for, and not what has answered', async () => {
    const { made, told, endAll } = effects();
    const all = runChecks([hanging('slow'), fine('quick')], null, 5000, made);
    await Promise.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    endAll(2000);
    await new Promise((resolve) => setImmediate(resolve));
    endAll(5000);
    await all;
    expect(told).toEqual([['the slow']]);
  });

  it('says nothing when all answered at once', async () => {
    const { made, told } = effects();
    await runChecks([fine('a'), fine('b')], null, 5000, made);
    expect(told).toEqual([]);
  });

  it('a known failure is a remark with its way out', async () => {
    const failing = check('broken', async () => {
      throw new HostFailure({ kind: 'refused', message: 'it said no', hint: 'say please' });
    });
    const remarks = await runChecks([failing, fine('other')], null, 9, effects().made);
    expect(remarks[0]).toEqual(remark('broken', 'warning', 'the broken: it said no', 'say please'));
    expect(remarks[1]?.level).toBe('ok');
  });

  it('a bug in one is shown as such and stops nobody', async () => {
    const buggy = check('buggy', async () => {
      throw new TypeError('x is\nundefined');
    });
    const remarks = await runChecks([buggy, fine('other')], null, 9, effects().made);
    expect(remarks[0]?.text).toBe('the buggy: kplugin could not find out (x is undefined)');
    expect(remarks).toHaveLength(2);
  });

  it('ends with Ctrl-C, whatever hangs', async () => {
    const stop = new AbortController();
    const all = runChecks([hanging('slow')], null, 5000, effects(stop.signal).made);
    stop.abort(new Error('interrupted'));
    await expect(all).rejects.toThrow('interrupted');
  });
});
