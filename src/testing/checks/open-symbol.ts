import { refusalOfArguments } from '../../emulator/runtime/call-as-rule.ts';
import type {
  OpenFunction,
  OpenSink,
  OpenSource,
  RuleMeta,
  SourceMessage,
} from '../../emulator/runtime/symbol-contract.ts';
import type { PluginSymbol } from '../../model/symbol.ts';
import { symbolKey } from '../case/case.ts';
import { isSilence, wordsOf } from '../run/case-frame.ts';
import type { CheckContext, Verdict } from './check.ts';

/** The row for a sink when nothing says which rows it takes. */
export const SOME_ROW = { kplugin: 'check' };

interface StartOptions {
  readonly meta: RuleMeta;
  readonly onMessage?: (message: SourceMessage) => void;
  readonly onFault?: (text: string) => void;
  /** For a sink, overrides its settings. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly onAck?: (error: string | null) => void;
}

/** Starts a source with its known settings. Throws the refusal of the host. */
export function openSource(
  symbol: PluginSymbol,
  options: StartOptions,
  context: CheckContext,
): Promise<OpenSource> {
  return pastKeepAlive(context, () => startSource(symbol, options, context));
}

/** As {@link openSource}. */
export function openSink(
  symbol: PluginSymbol,
  options: StartOptions,
  context: CheckContext,
): Promise<OpenSink> {
  return pastKeepAlive(context, () => startSink(symbol, options, context));
}

/**
 * Stops a symbol. Before 2.1.3 eKuiper takes the keep-alive of an SDK for the answer (docs/ekuiper.md#python-sdk-and-host): the
 * rows are right all the same, but the process must be started again before it is asked anything else.
 */
export async function stopSymbol(
  opened: OpenSource | OpenSink,
  { deadline, life }: CheckContext,
  what: string,
): Promise<void> {
  try {
    await deadline.wait(opened.stop(), what);
  } catch (thrown) {
    if (!isKeepAlive(thrown)) throw thrown;
    await life.renew();
  }
}

/** The check for silence says what the keep-alive does; the others are about the symbols. */
async function pastKeepAlive<T>({ life }: CheckContext, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (thrown) {
    if (!isKeepAlive(thrown)) throw thrown;
    await life.renew();
    return start();
  }
}

/** Whether the host took a keep-alive for the answer to a command. */
function isKeepAlive(thrown: unknown): boolean {
  return wordsOf(thrown).includes('keep-alive');
}

/** As {@link openSource}; also throws when the host took a keep-alive for the answer. */
export async function startSource(
  symbol: PluginSymbol,
  { meta, onMessage, onFault }: StartOptions,
  { suite, settings, deadline }: CheckContext,
): Promise<OpenSource> {
  const { confKey, config, dataSource, fill } = settings(symbol);
  const topic = dataSource === null ? {} : { dataSource: fill.text(dataSource) };
  const sent = await suite.host.sourceConfig({
    source: symbol.name,
    overrides: fill.settings(config),
    ...(confKey === null ? {} : { confKey }),
    ...topic,
  });
  const opening = suite.host.openSource({
    symbol: symbol.name,
    meta,
    config: sent,
    onMessage: onMessage ?? (() => undefined),
    ...(onFault && { onFault }),
    ...topic,
  });
  return orStopLate(opening, deadline.wait(opening, `start ${symbol.name}`));
}

/** As {@link startSource}. */
export async function startSink(
  symbol: PluginSymbol,
  { meta, config = {}, onAck }: StartOptions,
  { suite, settings, deadline, declared }: CheckContext,
): Promise<OpenSink> {
  const { isGiven, config: own, fill } = settings(symbol);
  const defaults = isGiven ? {} : (declared.sinkDefaults.get(symbol.name) ?? {});
  const opening = suite.host.openSink({
    symbol: symbol.name,
    meta,
    config: { ...defaults, ...fill.settings(own), ...config },
    ...(onAck && { onAck }),
  });
  return orStopLate(opening, deadline.wait(opening, `start ${symbol.name}`));
}

/** Stops a symbol that starts after the timeout, when no caller waits any more. */
async function orStopLate<T extends { stop(): Promise<void> }>(
  opening: Promise<T>,
  inTime: Promise<T>,
): Promise<T> {
  try {
    return await inTime;
  } catch (thrown) {
    void opening.then((late) => late.stop()).catch(() => undefined);
    throw thrown;
  }
}

/**
 * Calls a function with its known arguments; without any, asks Validate about a field, which has no effect. An error is
 * an answer. Resolves to what is wrong, null when the function answers.
 */
export async function silenceOf(
  opened: OpenFunction,
  symbol: PluginSymbol,
  { settings, functionArgs, suite }: CheckContext,
): Promise<string | null> {
  const { args: given, fill } = settings(symbol);
  const args = given ?? functionArgs.get(symbol.name) ?? null;
  try {
    if (args === null) await refusalOfArguments(opened, ['']);
    else await opened.exec(fill.values(args), { ...suite.nextRule(), funcId: 0 });
    return null;
  } catch (thrown) {
    return isSilence(thrown) ? wordsOf(thrown) : null;
  }
}

/** Judges each symbol of the kinds that could be started, one after the other, each with a deadline of its own. */
export async function eachStartable(
  context: CheckContext,
  kinds: readonly PluginSymbol['kind'][],
  judge: (symbol: PluginSymbol, context: CheckContext) => Promise<Verdict>,
): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const symbol of context.symbols) {
    if (!kinds.includes(symbol.kind) || !context.startable.has(symbolKey(symbol))) continue;
    await context.life.ensure();
    verdicts.push(await judge(symbol, context.forSymbol()));
  }
  return verdicts;
}
