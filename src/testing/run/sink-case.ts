import type { OpenSink } from '../../emulator/runtime/symbols/contract.ts';
import type { SinkCase } from '../case.ts';
import { errorDifference, showError } from '../expect/error-text.ts';
import { differenceOf } from '../expect/match.ts';
import type { Difference } from '../result.ts';
import { CaseFailure, expectNone, wordsOf } from './failure.ts';
import { isSilence } from './silence.ts';
import { bodiesOf } from './sink-bodies.ts';
import type { Spot } from './spot.ts';
import { started } from './started.ts';
import { writtenDifference } from './written.ts';

/** What came back from the sink. */
class Acks {
  ok = 0;
  readonly errors: string[] = [];

  readonly take = (error: string | null): void => {
    if (error === null) this.ok += 1;
    else this.errors.push(error);
  };
}

/** Starts the sink, sends the rows, and waits until all that is expected has happened. Throws CaseFailure. */
export async function runSink(one: SinkCase, spot: Spot): Promise<void> {
  const acks = new Acks();
  const opened = await started('sink', one, opening(one, acks, spot), spot);
  if (opened === null) return;
  const look = (): Promise<Difference | null> => differenceNow(one, acks, spot);
  let isStopped = false;
  try {
    await sendAll(one, opened, acks, spot);
    // Half of the time for a sink that writes at once; the rest for one that writes when it is closed.
    await spot.deadline.until(look, 0.5);
    isStopped = true;
    await spot.deadline.wait(opened.stop(), 'stop the sink');
    expectNone(await spot.deadline.until(look));
  } finally {
    if (!isStopped) await opened.stop().catch(() => undefined);
  }
}

function opening(
  { symbol, config }: SinkCase,
  acks: Acks,
  { host, meta, fill }: Spot,
): Promise<OpenSink> {
  return host.openSink({ symbol, meta, config: fill.settings(config), onAck: acks.take });
}

async function sendAll(one: SinkCase, opened: OpenSink, acks: Acks, spot: Spot): Promise<void> {
  const expectsErrors = one.error !== null || (one.acks?.errors ?? 0) > 0;
  for (const [index, body] of bodiesOf({ ...one, rows: spot.fill.values(one.rows) }).entries()) {
    const before = acks.errors.length;
    try {
      await spot.deadline.wait(opened.send(body), `row ${index + 1}`);
    } catch (thrown) {
      if (thrown instanceof CaseFailure) throw thrown;
      const isAck = acks.errors.length > before;
      if (!expectsErrors || isSilence(thrown)) {
        throw new CaseFailure(`row ${index + 1} is not taken: ${wordsOf(thrown)}`);
      }
      if (!isAck) acks.take(wordsOf(thrown));
    }
  }
}

/** What is still missing; null when all is as the case says. */
async function differenceNow(
  { wrote, received, acks: wanted, error }: SinkCase,
  acks: Acks,
  { fill, http }: Spot,
): Promise<Difference | null> {
  if (error) {
    const fits = acks.errors.some((text) => errorDifference(fill.error(error), text) === null);
    const said = acks.errors.map((text) => JSON.stringify(text)).join(', ');
    if (!fits) return { path: 'error', expected: showError(error), received: said || 'no error' };
  }
  for (const [index, one] of wrote.entries()) {
    const path = wrote.length > 1 ? `wrote[${index}]` : 'wrote';
    const difference = await writtenDifference(one, fill, path);
    if (difference) return difference;
  }
  if (received) {
    const items = received.map((request) => fill.pattern(request));
    const difference = differenceOf({ is: 'list', items }, http?.requests ?? [], 'received');
    if (difference) return difference;
  }
  return wanted && ackDifference(wanted, acks);
}

function ackDifference(
  wanted: NonNullable<SinkCase['acks']>,
  { ok, errors }: Acks,
): Difference | null {
  if (ok === wanted.ok && errors.length === wanted.errors) return null;
  const said =
    errors.length > 0 ? `: ${errors.map((text) => JSON.stringify(text)).join(', ')}` : '';
  return {
    path: 'acks',
    expected: `${wanted.ok} ok, ${wanted.errors} errors`,
    received: `${ok} ok, ${errors.length} errors${said}`,
  };
}
