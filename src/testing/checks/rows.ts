import { setTimeout as sleep } from 'node:timers/promises';
import { durationText } from '../../model/duration.ts';
import type { PluginSymbol } from '../../model/symbol.ts';
import { wordsOf } from '../run/case-frame.ts';
import { endedBeforeStop } from '../run/logged-error.ts';
import { logSettled } from '../run/plugin-log.ts';
import { type Check, type CheckContext, failed, lastLine, passed, type Verdict } from './check.ts';
import { eachStartable, openSink, openSource, SOME_ROW, stopSymbol } from './open-symbol.ts';

/** A source is watched for so many rows or milliseconds. */
const SOURCE_ROWS = 100;
const SOURCE_MS = 5_000;

/** A sink gets so many rows, and has this time for each of them, in milliseconds. */
const SINK_ROWS = 20;
const SINK_MS = 50;

/** A sink whose SDK says at the stop that it does not run may still be in its open(): it gets this time, in milliseconds. */
const OPEN_MS = 10_000;

/** How many names of fields a sink may ask for, one error at a time. */
const MOST_FIELDS = 16;

/** Lets every source send rows with its own settings, and sends rows to every sink. */
export const rows: Check = (context) =>
  eachStartable(context, ['source', 'sink'], async (symbol, own) => {
    const isSource = symbol.kind === 'source';
    try {
      return await (isSource ? fromSource : toSink)(symbol, own);
    } catch (thrown) {
      return failed(symbol, wordsOf(thrown), isSource ? WORDS.source : WORDS.sink);
    }
  });

async function fromSource(symbol: PluginSymbol, context: CheckContext): Promise<Verdict> {
  const { suite, deadline, sourceRows } = context;
  const { log, plugin } = suite;
  const meta = suite.nextRule();
  const from = log.mark;
  let count = 0;
  let fault: string | null = null;
  const onMessage = (): void => {
    count = Math.min(count + 1, SOURCE_ROWS);
  };
  const onFault = (text: string): void => {
    fault ??= count > 0 ? `after ${rowsText(count)}: ${text}` : text;
  };
  const opened = await openSource(symbol, { meta, onMessage, onFault }, context);
  const ends = suite.now() + SOURCE_MS;
  const lookForErrors = (to: number, isGrowing: boolean): void => {
    fault ??= log.errorIn(plugin, { from, to }, { rule: meta.ruleId, isGrowing });
  };
  const isOver = (): boolean => {
    lookForErrors(log.mark, true);
    return fault !== null || count >= SOURCE_ROWS || suite.now() >= ends;
  };
  await deadline.until(() => Promise.resolve(isOver() ? null : count));
  sourceRows.set(symbol.name, count);
  const stopsAt = log.mark;
  await stopSymbol(opened, context, 'stop it');
  await logSettled();
  lookForErrors(stopsAt, false);
  if (fault !== null) return failed(symbol, fault, WORDS.source);
  if (!endedBeforeStop(log.since(plugin, from), meta, symbol.name)) {
    return count > 0
      ? passed(symbol, `${rowsText(count)} in ${durationText(suite.now() - ends + SOURCE_MS)}`)
      : passed(symbol, `no row came within ${durationText(SOURCE_MS)}`);
  }
  if (count > 0) return passed(symbol, `${rowsText(count)}, then it ended`);
  return failed(symbol, 'its open() ended and no row came', {
    why: 'the SDK closes a source when open() returns; the rule goes on running, without rows',
    hint: 'call ctx.emit() in open() until the source is closed; a "yield" in open() makes it a generator that never runs',
  });
}

async function toSink(symbol: PluginSymbol, context: CheckContext): Promise<Verdict> {
  const { rows: given, fill } = context.settings(symbol);
  const [first] = given ?? [];
  if (given !== null) return sent(symbol, fill.value(first ?? SOME_ROW), context);
  const row: Record<string, unknown> = { ...SOME_ROW };
  for (let asked = 0; ; asked += 1) {
    const verdict = await sent(symbol, { ...row }, context);
    const missing = verdict.outcome === 'failed' ? MISSING_FIELD.exec(verdict.message)?.[1] : null;
    // A sink that reads a certain field is right to fail without it.
    if (verdict.outcome === 'passed') context.sinkRows.set(symbol.name, row);
    if (missing == null || Object.hasOwn(row, missing) || asked >= MOST_FIELDS) return verdict;
    Object.defineProperty(row, missing, { value: 1, enumerable: true });
    await context.life.ensure();
  }
}

const MISSING_FIELD = /\bKeyError: ['"]([^'"\\]{1,64})['"]\s*$/;

async function sent(symbol: PluginSymbol, row: unknown, context: CheckContext): Promise<Verdict> {
  const { count, error, isEnded } = await send(symbol, row, 0, context);
  const late = error === null && isEnded ? await send(symbol, row, OPEN_MS, context) : null;
  const found = error ?? late?.error ?? null;
  if (found !== null)
    return failed(symbol, `after ${rowsText(count)}: ${lastLine(found)}`, WORDS.sink);
  if (late?.isEnded) {
    return failed(
      symbol,
      `it does not run ${durationText(OPEN_MS)} after its start, and its log has no error`,
      {
        ...WORDS.sink,
        hint: 'the Python SDK drops an error of open() unlogged: put the content of open() into try … except and log it',
      },
    );
  }
  return passed(symbol, `${count} rows sent; no error in its log`);
}

interface Sent {
  /** Rows that were sent until an error was seen. */
  readonly count: number;
  readonly error: string | null;
  /** Whether its SDK said at the stop that it did not run. */
  readonly isEnded: boolean;
}

/**
 * Sends one row several times without asking for acknowledgements, as most rules do, and then waits so many
 * milliseconds for an error.
 */
async function send(
  symbol: PluginSymbol,
  row: unknown,
  waitMs: number,
  context: CheckContext,
): Promise<Sent> {
  const { suite, deadline } = context;
  const { log, plugin } = suite;
  const meta = suite.nextRule();
  const from = log.mark;
  const sink = await openSink(symbol, { meta }, context);
  const errorSoFar = (isGrowing: boolean, to = log.mark): string | null =>
    log.errorIn(plugin, { from, to }, { rule: meta.ruleId, isGrowing });
  let error: string | null = null;
  let count = 0;
  let stopsAt = from;
  try {
    while (count < SINK_ROWS && error === null) {
      count += 1;
      await deadline.wait(sink.send(JSON.stringify([row])), `take row ${count}`);
      await deadline.wait(sleep(SINK_MS), 'look at its log');
      error = errorSoFar(true);
    }
    const ends = suite.now() + waitMs;
    const isOver = (): boolean => {
      error ??= errorSoFar(true);
      return error !== null || suite.now() >= ends;
    };
    await deadline.until(() => Promise.resolve(isOver() ? null : 'not yet'));
  } finally {
    stopsAt = log.mark;
    await stopSymbol(sink, context, 'stop it');
  }
  await logSettled();
  error ??= errorSoFar(false, stopsAt);
  return { count, error, isEnded: endedBeforeStop(log.since(plugin, from), meta, symbol.name) };
}

function rowsText(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`;
}

const WORDS = {
  source: {
    why: 'the rule goes on running and gets no rows, or not all of them',
    hint: 'rows are objects with text keys and values that JSON has; an error that leaves open() ends a source for good',
  },
  sink: {
    why: 'in eKuiper the rule goes on running and counts the rows as sent',
    hint: 'rows arrive as a JSON list in bytes: [{"a":1}]; an error that leaves collect() ends a sink of the Python SDK for good. Rows that it takes can be given in a case file: checks: { sinks: { …: { rows: [ … ] } } }',
  },
};
