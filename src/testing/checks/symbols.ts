import type { PluginSymbol } from '../../model/symbol.ts';
import { symbolKey } from '../case/case.ts';
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
import { openSink, openSource, silenceOf, stopSymbol } from './open-symbol.ts';

/** Starts and stops every symbol of the manifest; functions must answer as well. */
export const symbols: Check = async (context) => {
  const verdicts: Verdict[] = [];
  for (const symbol of context.symbols) {
    await context.life.ensure();
    const verdict = await startAndStop(symbol, context.forSymbol()).catch((thrown: unknown) =>
      refused(symbol, thrown, context),
    );
    if (verdict.outcome === 'passed') context.startable.add(symbolKey(symbol));
    verdicts.push(verdict);
  }
  return verdicts;
};

async function startAndStop(symbol: PluginSymbol, context: CheckContext): Promise<Verdict> {
  const { suite, deadline } = context;
  if (symbol.kind === 'function') {
    const opened = await deadline.wait(
      suite.host.openFunction(symbol.name),
      `start ${symbol.name}`,
    );
    const silence = await deadline.wait(silenceOf(opened, symbol, context), `call ${symbol.name}`);
    return silence === null
      ? passed(symbol)
      : failed(symbol, 'it starts, and does not answer', { why: NO_ANSWER, hint: silence });
  }
  const meta = suite.nextRule();
  const opened = await (symbol.kind === 'source' ? openSource : openSink)(
    symbol,
    { meta },
    context,
  );
  await stopSymbol(opened, context, `stop ${symbol.name}`);
  return passed(symbol);
}

const NO_ANSWER =
  'a rule that calls it waits 5 s for each row and fails: "time out, plugin … status running"';

function refused(symbol: PluginSymbol, thrown: unknown, context: CheckContext): Verdict {
  const words = wordsOf(thrown);
  const said = lastLine(words);
  if (/symbol\b.{0,200}\bnot found/i.test(words)) {
    return failed(symbol, `the program has no ${symbol.kind} "${symbol.name}": ${said}`, {
      why: 'the manifest declares it, so eKuiper lets rules use it and each of them fails to start',
      hint: `add it to the program's PluginConfig, or take it out of the manifest`,
    });
  }
  const isOwnRefusal = words.startsWith('receive error: ') && !isSilence(thrown);
  const isGiven = context.settings(symbol).isGiven;
  if (isOwnRefusal && !isGiven && isComplete(symbol, context)) {
    return failed(
      symbol,
      `it refuses the settings of its own files: ${said}`,
      OWN_SETTINGS[symbol.kind],
    );
  }
  if (isOwnRefusal && symbol.kind !== 'function' && !isGiven) {
    return skipped(symbol, `it does not start without settings: ${said}`, {
      hint: `say in a case file what it needs: checks: { ${symbol.kind}s: { ${symbol.name}: { config: { … } } } }`,
    });
  }
  const message = thrown instanceof CaseFailure ? words : `it does not start or stop: ${words}`;
  return failed(symbol, message, {
    why: 'a rule that uses it does not start, or cannot be stopped',
    hint: 'look at the log of the plugin below',
  });
}

/** Whether its files give every setting a value. */
function isComplete(
  { kind, name }: PluginSymbol,
  { declared: { complete } }: CheckContext,
): boolean {
  if (kind === 'function') return false;
  return (kind === 'source' ? complete.sources : complete.sinks).has(name);
}

const OWN_SETTINGS = {
  source: {
    why: 'a stream without a CONF_KEY gets the group "default" of its YAML, and its rule fails with these words',
    hint: 'correct the group "default", or what configure() accepts',
  },
  sink: {
    why: 'the manager fills its form with the defaults of the metadata, and the rule fails with these words',
    hint: 'correct the defaults in the metadata, or what configure() accepts',
  },
  function: {},
};
