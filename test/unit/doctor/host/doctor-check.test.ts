import { describe, expect, it } from 'vitest';
import { HostFailure } from '../../../../src/client/http/host-failure.ts';
import {
  type Check,
  type CheckEffects,
  remark,
  runChecks,
} from '../../../../src/doctor/host/doctor-check.ts';
import type { RemarkId } from '../../../../src/model/error-catalogue.ts';

function check(id: RemarkId, look: Check<null>['look']): Check<null> {
  return { id, asks: `the ${id}`, look };
}

const fine = (id: RemarkId) => check(id, async () => [remark(id, 'ok', `${id} is fine`)]);
const hanging = (id: RemarkId) => check(id, () => new Promise(() => {}));

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
    const late = check('host-clock', async () => {
      await gate;
      return [remark('host-clock', 'ok', 'at last')];
    });
    const early = check('host-reached', async () => {
      open();
      return [remark('host-reached', 'ok', 'at once')];
    });
    const remarks = await runChecks([late, early], null, 9, effects().made);
    expect(remarks.map(({ id }) => id)).toEqual(['host-clock', 'host-reached']);
  });

  it('a hanging one is said to have given no answer, and the others are heard', async () => {
    const { made, endAll } = effects();
    const all = runChecks([hanging('host-python'), fine('host-access')], null, 5000, made);
    endAll(5000);
    expect(await all).toEqual([
      remark(
        'host-python',
        'warning',
        'the host-python: no answer within 5 s',
        'ask again, and wait longer: --timeout 60s',
      ),
      remark('host-access', 'ok', 'host-access is fine'),
    ]);
  });

  it('says after two seconds what it waits for, and not what has answered', async () => {
    const { made, told, endAll } = effects();
    const all = runChecks([hanging('host-python'), fine('host-access')], null, 5000, made);
    await Promise.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    endAll(2000);
    await new Promise((resolve) => setImmediate(resolve));
    endAll(5000);
    await all;
    expect(told).toEqual([['the host-python']]);
  });

  it('says nothing when all answered at once', async () => {
    const { made, told } = effects();
    await runChecks([fine('host-access'), fine('host-clock')], null, 5000, made);
    expect(told).toEqual([]);
  });

  it('a known failure is a remark with its way out', async () => {
    const failing = check('host-uploads', async () => {
      throw new HostFailure({ kind: 'refused', message: 'it said no', hint: 'say please' });
    });
    const remarks = await runChecks([failing, fine('host-symbols')], null, 9, effects().made);
    expect(remarks[0]).toEqual(
      remark('host-uploads', 'warning', 'the host-uploads: it said no', 'say please'),
    );
    expect(remarks[1]?.level).toBe('ok');
  });

  it('a bug in one is shown as such and stops nobody', async () => {
    const buggy = check('host-plugins', async () => {
      throw new TypeError('x is\nundefined');
    });
    const remarks = await runChecks([buggy, fine('host-symbols')], null, 9, effects().made);
    expect(remarks[0]?.text).toBe('the host-plugins: kplugin could not find out (x is undefined)');
    expect(remarks).toHaveLength(2);
  });

  it('ends with Ctrl-C, whatever hangs', async () => {
    const stop = new AbortController();
    const all = runChecks([hanging('host-python')], null, 5000, effects(stop.signal).made);
    stop.abort(new Error('interrupted'));
    await expect(all).rejects.toThrow('interrupted');
  });
});
