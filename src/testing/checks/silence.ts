import { setTimeout as sleep } from 'node:timers/promises';
import type { PluginSymbol } from '../../model/symbol.ts';
import { symbolKey } from '../case/case.ts';
import { wordsOf } from '../run/failure.ts';
import { type Check, type CheckContext, failed, passed, skipped, type Verdict } from './check.ts';
import { openSink, openSource, silenceOf } from './open-symbol.ts';

/** Longer than the 5 s after which SDKs of 2026 send `handshake` again (docs/wire.md#request-and-reply). */
const SILENCE_MS = 6_000;

/** Sends nothing for six seconds; then every function must answer and another symbol must start and stop. */
export const silence: Check = async (context) => {
  const { suite } = context;
  const ready = context.symbols.filter((symbol) => context.startable.has(symbolKey(symbol)));
  const [other] = ready.filter(({ kind }) => kind !== 'function');
  const functions = ready.filter(({ kind }) => kind === 'function');
  if (ready.length === 0) return [skipped(null, 'no symbol of it could be started')];
  await Promise.all(functions.map((symbol) => suite.host.openFunction(symbol.name)));
  await sleep(SILENCE_MS, null, { signal: suite.signal }).catch(() => undefined);
  const mute = await Promise.all(functions.map((symbol) => muteOf(symbol, context)));
  const [first] = mute.filter((words) => words !== null);
  if (first !== undefined) return [deaf(first)];
  return [other ? await started(other, context) : passed(null)];
};

async function muteOf(symbol: PluginSymbol, context: CheckContext): Promise<string | null> {
  const opened = await context.suite.host.openFunction(symbol.name);
  const words = await silenceOf(opened, symbol, context);
  return words === null ? null : `function ${symbol.name}: ${words}`;
}

async function started(symbol: PluginSymbol, context: CheckContext): Promise<Verdict> {
  const meta = context.suite.nextRule();
  try {
    const opened = await (symbol.kind === 'source' ? openSource : openSink)(
      symbol,
      { meta },
      context,
    );
    await context.deadline.wait(opened.stop(), `stop ${symbol.name}`);
    return passed(null);
  } catch (thrown) {
    return deaf(`${symbol.kind} ${symbol.name}: ${wordsOf(thrown)}`);
  }
}

function deaf(words: string): Verdict {
  const message = `after ${SILENCE_MS / 1000} s of silence it does not answer: ${words}`;
  if (words.includes('keep-alive')) {
    return skipped(null, message, {
      why: 'eKuiper before 2.1.3 takes the handshake that new SDKs repeat for an answer',
      hint: 'use an SDK of the same age as eKuiper, or a newer eKuiper',
      isWarning: true,
    });
  }
  return failed(null, message, {
    why: 'rules are silent for minutes and days; a plugin that loses its connection meanwhile makes all of them fail',
    hint: 'keep the connection open, and say "handshake" again after 5 s without a question, as the SDKs do',
  });
}
