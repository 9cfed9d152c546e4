import { has } from '../../model/behaviours.ts';
import type { PluginSymbol } from '../../model/symbol.ts';
import { CaseFailure, isSilence, wordsOf } from '../run/case-frame.ts';
import {
  type Check,
  type CheckContext,
  failed,
  lastLine,
  passed,
  skipped,
  type Verdict,
} from './check.ts';
import { eachStartable, openSink, SOME_ROW, stopSymbol } from './open-symbol.ts';

/** Milliseconds; a sink that acknowledges does so immediately. */
const TIMEOUT_MS = 2_000;

/** Sends a row to each sink without, then with acknowledgements. */
export const acks: Check = (context) => eachStartable(context, ['sink'], withAndWithout);

async function withAndWithout(symbol: PluginSymbol, context: CheckContext): Promise<Verdict> {
  try {
    await sendOne(symbol, context, {});
  } catch (thrown) {
    return failed(symbol, `it does not take a row: ${wordsOf(thrown)}`, WORDS);
  }
  const wanted = has(context.target, 'asks-for-acks-by-number')
    ? { requiredACKs: 1, requireAck: true }
    : { requireAck: true };
  try {
    await sendOne(symbol, context, wanted);
    return passed(symbol, 'acknowledged');
  } catch (thrown) {
    return unacknowledged(symbol, thrown, context);
  }
}

async function sendOne(
  symbol: PluginSymbol,
  context: CheckContext,
  config: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { suite, deadline, settings } = context;
  const sink = await openSink(symbol, { meta: suite.nextRule(), config }, context);
  const { rows, fill } = settings(symbol);
  const [row = context.sinkRows.get(symbol.name) ?? SOME_ROW] = rows ?? [];
  try {
    const wantsAck = Object.keys(config).length > 0;
    const send = sink.send(JSON.stringify([fill.value(row)]));
    await (wantsAck ? acknowledged(send) : deadline.wait(send, 'take a row'));
  } finally {
    await stopSymbol(sink, context, 'stop it');
  }
}

async function acknowledged(send: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  // Not awaited any more after a timeout.
  send.catch(() => undefined);
  const timeouts = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoAck()), TIMEOUT_MS);
  });
  try {
    await Promise.race([send, timeouts]);
  } finally {
    clearTimeout(timer);
  }
}

class NoAck extends Error {}

function unacknowledged(symbol: PluginSymbol, thrown: unknown, context: CheckContext): Verdict {
  const { config, rows, isGiven } = context.settings(symbol);
  if (thrown instanceof NoAck || isSilence(thrown)) {
    const message = 'it takes rows and acknowledges none';
    const words = {
      why: 'a rule with requireAck: true in this sink waits for ever after its first row',
      hint: 'in Python call ctx.ack_ok() after each row; the Go SDK has sent none since 2.2.2',
    };
    const wantsAcks = isGiven && config['requireAck'] === true;
    return wantsAcks
      ? failed(symbol, message, words)
      : skipped(symbol, message, { ...words, isWarning: true });
  }
  if (thrown instanceof CaseFailure) return failed(symbol, wordsOf(thrown), WORDS);
  // A sink may refuse a row that was made for the check; an error is an acknowledgement too.
  if (rows === null)
    return passed(symbol, `acknowledged, with an error: ${lastLine(wordsOf(thrown))}`);
  return failed(symbol, `it acknowledges an error: ${lastLine(wordsOf(thrown))}`, WORDS);
}

const WORDS = {
  why: 'rows that a sink does not take are lost',
  hint: 'look at the log of the plugin below; rows that it takes can be given in a case file: checks: { sinks: { …: { rows: [ … ] } } }',
};
