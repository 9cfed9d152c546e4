import { setTimeout as sleep } from 'node:timers/promises';
import { durationText } from '../../model/duration.ts';
import type { PluginSymbol } from '../../model/symbol.ts';
import { symbolKey } from '../case/case.ts';
import { isSilence, wordsOf } from '../run/case-frame.ts';
import {
  type Check,
  type CheckContext,
  failed,
  lastLine,
  passed,
  skipped,
  type Verdict,
} from './check.ts';
import { silenceOf, startSink, startSource } from './open-symbol.ts';

const NOBODY = 'kplugin_no_such_symbol';

const ACCEPTED_UNKNOWN = {
  why: 'a rule with a symbol that a newer version has dropped would wait for ever instead of failing with a reason',
  hint: 'answer any start of an unknown symbol with a text such as "symbol not found"',
};

/** Longer than the 5 s after which SDKs of 2026 send `handshake` again (docs/wire.md#request-and-reply). */
const SILENCE_MS = 6_000;

/** Checks how long the last start of the program took until its handshake. */
export const handshake: Check = async ({ suite, handshakeLimitMs, life }) => {
  const { log, plugin } = suite;
  // eKuiper 1.14 starts it only with the first rule.
  if (log.handshakeMs(plugin) === null) await life.renew();
  const ms = log.handshakeMs(plugin) ?? 0;
  if (ms <= handshakeLimitMs) return [passed(null, `after ${durationText(ms)}`)];
  return [
    failed(null, `the handshake came after ${durationText(ms)}`, {
      why: `the limit here is ${durationText(handshakeLimitMs)}; eKuiper abandons after portable.initTimeout (60 s as shipped from 2.0) and every start of the plugin, also after an update, takes this long`,
      hint: 'connect first and load what takes time when a symbol starts; --init-timeout allows more',
    }),
  ];
};

/** A symbol that the program does not have must be refused with a text, as both SDKs do. */
export const unknown: Check = async ({ suite, deadline }) => {
  const { host, plugin } = suite;
  if (!host.tryStart) return [skipped(null, 'this host cannot ask for it')];
  const asked = host.tryStart(plugin, { kind: 'source', name: NOBODY }, suite.nextRule());
  try {
    const answer = await deadline.wait(asked, 'refuse it');
    if (answer !== null) return [passed(null, lastLine(answer))];
    return [
      failed(null, 'it answered "ok" to the start of a symbol that nobody has', ACCEPTED_UNKNOWN),
    ];
  } catch (thrown) {
    const message = isSilence(thrown) ? 'it gave no answer' : wordsOf(thrown);
    return [failed(null, message, ACCEPTED_UNKNOWN)];
  }
};

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
    const opened = await (symbol.kind === 'source' ? startSource : startSink)(
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
  if (/\bstatus (?:error|stop)\b|is not running/.test(words)) {
    return failed(null, message, {
      why: 'its process has ended; eKuiper starts it again for a source or sink at the earliest, never for its functions',
      hint: 'find in its log why it ended: no question was asked meanwhile',
    });
  }
  return failed(null, message, {
    why: 'rules are silent for minutes and days; a plugin that loses its connection meanwhile makes all of them fail',
    hint: 'keep the connection open, and say "handshake" again after 5 s without a question, as the SDKs do',
  });
}
