import { describe, expect, it } from 'vitest';
import { HostFailure } from '../../../../src/client/http/host-failure.ts';
import { EXIT, KpluginError } from '../../../../src/model/error.ts';
import { ActingHost, type Gate, through } from './acting-host.ts';
import { type Changing, changing, uploadOf } from './changing.ts';
import { hostFailure } from './fake-host.ts';

/** As if kplugin had been killed: nothing runs after it, not even what restores things. */
class Killed extends Error {}

type Fault = (perform: () => Promise<unknown>) => Promise<never>;

const failing =
  (thrown: () => Error, isDone: boolean): Fault =>
  async (perform) => {
    if (isDone) await perform().catch(() => undefined);
    throw thrown();
  };

const FAULTS: Readonly<Record<string, Fault>> = {
  'the host cannot be reached': failing(() => hostFailure('unreachable'), false),
  'the connection breaks before it gets there': failing(() => hostFailure('dropped'), false),
  'the connection breaks before the answer': failing(() => hostFailure('dropped'), true),
  'no answer in time, not done': failing(() => hostFailure('timeout'), false),
  'no answer in time, done': failing(() => hostFailure('timeout'), true),
  'a 500 with a web page': failing(() => hostFailure('wrong-service'), false),
  'a 500 with a web page, done': failing(() => hostFailure('wrong-service'), true),
  'the host says no': failing(() => hostFailure('refused'), false),
};

/** Where each request of a run meets a fault, once. */
function faultAt(at: number, fault: Fault): Gate {
  let count = 0;
  return async (_request, perform) => {
    count += 1;
    if (count === at) return fault(perform);
    return perform();
  };
}

/** How many requests a run makes that meets none. */
async function requestsOf(start: () => ActingHost, version: string): Promise<number> {
  let count = 0;
  const client = through(start(), (_request, perform) => {
    count += 1;
    return perform();
  });
  await ended(changing(client, { version }));
  return count;
}

const starts: Readonly<Record<string, { start: () => ActingHost; before: string | null }>> = {
  'an update': {
    start: () => new ActingHost('2.4.0').has('probe', '1.0.0', uploadOf('1.0.0')),
    before: '1.0.0',
  },
  'a first installation': { start: () => new ActingHost('2.4.0'), before: null },
};

/** Runs to its end, whatever that is; a failure while planning is one as well. */
async function ended(begin: Promise<Changing>): Promise<unknown> {
  try {
    await (await begin).done;
    return null;
  } catch (thrown) {
    return thrown;
  }
}

describe.each(Object.entries(starts))('%s', (_name, { start, before }) => {
  describe.each(Object.entries(FAULTS))('%s', (_fault, fault) => {
    it('at each request: what ran before runs, or the new one does, and it is said which', async () => {
      const requests = await requestsOf(start, '2.0.0');
      expect(requests).toBeGreaterThan(6);
      for (let at = 1; at <= requests; at += 1) {
        const host = start();
        const error = await ended(changing(through(host, faultAt(at, fault))));
        const runs = host.running('probe');
        if (error === null) {
          expect(runs, `request ${at}`).toBe('2.0.0');
          continue;
        }
        expect(error, `request ${at}`).toBeInstanceOf(HostFailure);
        expect(runs, `request ${at}: ${String(error)}`).toBe(before);
      }
    });
  });

  it('Ctrl-C at each request, before and after it was done', async () => {
    const requests = await requestsOf(start, '2.0.0');
    let interrupted = 0;
    for (let at = 1; at <= requests; at += 1) {
      for (const isDone of [false, true]) {
        const host = start();
        const controller = new AbortController();
        const stop = failing(() => {
          controller.abort();
          return controller.signal.reason;
        }, isDone);
        const client = through(host, async (request, perform) => {
          controller.signal.throwIfAborted();
          return gate(request, perform);
        });
        const gate = faultAt(at, stop);
        const error = await ended(changing(client, { signal: controller.signal, recovery: host }));
        if (error === null) {
          // What follows the last look is not stopped by it.
          expect(host.running('probe')).toBe('2.0.0');
          continue;
        }
        interrupted += 1;
        expect(host.running('probe'), `request ${at}, done: ${isDone}`).toBe(before);
        if (error instanceof KpluginError) {
          expect(error.exit).toBe(EXIT.interrupted);
          expect(error.message).toContain(
            before === null ? 'has no probe, as before' : `probe ${before} runs`,
          );
        }
      }
    }
    expect(interrupted).toBeGreaterThan(12);
  });

  it.each(['2.0.0', '2.0.0-refused', '2.0.0-dies'])(
    'SIGKILL at each request of installing %s; a second run ends well',
    async (version) => {
      const requests = await requestsOf(start, version);
      expect(requests).toBeGreaterThan(6);
      for (let at = 1; at <= requests; at += 1) {
        for (const isDone of [false, true]) {
          const host = start();
          let isKilled = false;
          const gate = faultAt(
            at,
            failing(() => {
              isKilled = true;
              return new Killed();
            }, isDone),
          );
          const client = through(host, async (request, perform) => {
            if (isKilled) throw new Killed();
            return gate(request, perform);
          });
          await ended(changing(client, { version }));
          const second = await ended(changing(host, { version }));
          const good = version === '2.0.0';
          expect(second === null, `request ${at}, done: ${isDone}: ${String(second)}`).toBe(good);
          expect(host.running('probe'), `request ${at}, done: ${isDone}`).toBe(
            good ? '2.0.0' : before,
          );
        }
      }
    },
  );
});
