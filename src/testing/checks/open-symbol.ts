import type {
  OpenFunction,
  OpenSink,
  OpenSource,
  RuleMeta,
  SourceMessage,
} from '../../emulator/runtime/contract.ts';
import type { PluginSymbol } from '../../model/symbol.ts';
import { wordsOf } from '../run/failure.ts';
import { isSilence } from '../run/silence.ts';
import type { CheckRoom } from './check.ts';

export interface StartOptions {
  readonly meta: RuleMeta;
  readonly onMessage?: (message: SourceMessage) => void;
  /** For a sink, over its settings. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly onAck?: (error: string | null) => void;
}

/** Starts a source with what is known of it. Throws what the host refuses. */
export async function openSource(
  symbol: PluginSymbol,
  { meta, onMessage }: StartOptions,
  { around, settings, fill, deadline }: CheckRoom,
): Promise<OpenSource> {
  const { confKey, config, dataSource } = settings(symbol);
  const topic = dataSource === null ? {} : { dataSource: fill.text(dataSource) };
  const sent = await around.host.sourceConfig({
    source: symbol.name,
    overrides: fill.settings(config),
    ...(confKey === null ? {} : { confKey }),
    ...topic,
  });
  const opening = around.host.openSource({
    symbol: symbol.name,
    meta,
    config: sent,
    onMessage: onMessage ?? (() => undefined),
    ...topic,
  });
  return orStopLate(opening, deadline.wait(opening, `start ${symbol.name}`));
}

export async function openSink(
  symbol: PluginSymbol,
  { meta, config = {}, onAck }: StartOptions,
  { around, settings, fill, deadline }: CheckRoom,
): Promise<OpenSink> {
  const opening = around.host.openSink({
    symbol: symbol.name,
    meta,
    config: { ...fill.settings(settings(symbol).config), ...config },
    ...(onAck && { onAck }),
  });
  return orStopLate(opening, deadline.wait(opening, `start ${symbol.name}`));
}

/** Nobody waits any more for what comes to run after its time. */
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
 * Calls a function: with its known arguments, else asks whether it takes none, which does no harm. An error is an
 * answer. Resolves with what is wrong, null when it answers.
 */
export async function silenceOf(
  opened: OpenFunction,
  symbol: PluginSymbol,
  { settings, fill, around }: CheckRoom,
): Promise<string | null> {
  const { args } = settings(symbol);
  try {
    if (args === null) await opened.validate([]);
    else await opened.exec(fill.values(args), { ...around.nextRule(), funcId: 0 });
    return null;
  } catch (thrown) {
    return isSilence(thrown) ? wordsOf(thrown) : null;
  }
}

export function ofKind(room: CheckRoom, kind: PluginSymbol['kind']): PluginSymbol[] {
  return room.symbols.filter((symbol) => symbol.kind === kind);
}
