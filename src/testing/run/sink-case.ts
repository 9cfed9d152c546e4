import type { OpenSink } from '../../emulator/runtime/symbol-contract.ts';
import { parseForeignJson, TooDeepError } from '../../model/json/bounded.ts';
import { nullUnlessLimit } from '../../model/machine-limit.ts';
import { openRegularFile } from '../../package/files/regular-file.ts';
import type { Pattern, SinkCase, WrittenFile } from '../case/case.ts';
import type { Difference } from '../case/result.ts';
import { differenceOf, errorDifference, matches, showError } from '../expect/difference.ts';
import { showValue } from '../expect/show.ts';
import {
  type CaseContext,
  CaseFailure,
  expectNone,
  isSilence,
  started,
  wordsOf,
} from './case-frame.ts';
import type { Fill } from './placeholders.ts';
import { requestDifference } from './requests.ts';

/** Bytes of a file that are read. */
const MOST_BYTES = 16 * 1024 * 1024;

/** The acknowledgements of the sink. */
class Acks {
  ok = 0;
  readonly errors: string[] = [];

  readonly take = (error: string | null): void => {
    if (error === null) this.ok += 1;
    else this.errors.push(error);
  };
}

/** Starts the sink, sends the rows, and waits until all expectations are met. Throws CaseFailure. */
export async function runSink(one: SinkCase, context: CaseContext): Promise<void> {
  const acks = new Acks();
  const opened = await started('sink', one, opening(one, acks, context), context);
  if (opened === null) return;
  const look = (): Promise<Difference | null> => differenceNow(one, acks, context);
  let isStopped = false;
  try {
    await sendAll(one, opened, acks, context);
    // Half of the time for a sink that writes immediately; the rest for one that writes when it is closed.
    await context.deadline.until(look, 0.5);
    isStopped = true;
    context.onStopping();
    await context.deadline.wait(opened.stop(), 'stop the sink');
    expectNone(await context.deadline.until(look));
  } finally {
    if (!isStopped) await opened.stop().catch(() => undefined);
  }
}

function opening(
  { symbol, config }: SinkCase,
  acks: Acks,
  { host, meta, fill }: CaseContext,
): Promise<OpenSink> {
  return host.openSink({ symbol, meta, config: fill.settings(config), onAck: acks.take });
}

async function sendAll(
  one: SinkCase,
  opened: OpenSink,
  acks: Acks,
  context: CaseContext,
): Promise<void> {
  const expectsErrors = one.error !== null || (one.acks?.errors ?? 0) > 0;
  for (const [index, body] of bodiesOf({ ...one, rows: context.fill.values(one.rows) }).entries()) {
    const before = acks.errors.length;
    try {
      await context.deadline.wait(opened.send(body), `row ${index + 1}`);
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

/** The first expectation that is not met; null when all are met. */
async function differenceNow(
  one: SinkCase,
  acks: Acks,
  context: CaseContext,
): Promise<Difference | null> {
  const { wrote, acks: wanted, error } = one;
  const { fill } = context;
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
  return requestDifference(one, context) ?? (wanted && ackDifference(wanted, acks));
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

/** Encodes the rows of a case as eKuiper sends them (docs/wire.md#rows-of-a-sink). */
function bodiesOf({ rows, raw, send }: Pick<SinkCase, 'rows' | 'raw' | 'send'>): readonly string[] {
  if (raw.length > 0) return raw;
  if (rows.length === 0) return [];
  if (send === 'batch') return [JSON.stringify(rows)];
  return rows.map((row) => JSON.stringify(send === 'single' ? row : [row]));
}

/** Compares a file with the case; null when it matches. Never throws. */
async function writtenDifference(
  { file, content }: WrittenFile,
  fill: Fill,
  path: string,
): Promise<Difference | null> {
  const text = await textOf(fill.text(file));
  if (typeof text !== 'string') {
    return { path: `${path}.file`, expected: fill.text(file), received: text.problem };
  }
  switch (content.is) {
    case 'lines': {
      const items = content.lines.map((line) => fill.pattern(line));
      const lines = linesOf(text).map((line, index) => asExpected(line, items[index]));
      return differenceOf({ is: 'list', items }, lines, `${path}.lines`);
    }
    case 'text':
      return differenceOf(fill.pattern(content.text), text, `${path}.text`);
    case 'json':
      return jsonDifference(fill.pattern(content.json), text, `${path}.json`);
    case 'contains': {
      const missing = content.texts.map((one) => fill.text(one)).find((one) => !text.includes(one));
      if (missing === undefined) return null;
      const expected = `a file with ${JSON.stringify(missing)}`;
      return { path: `${path}.contains`, expected, received: showValue(text) };
    }
  }
}

/**
 * Parses a line as JSON where an object, a list or a number is expected; a line stays a text where a text is expected.
 */
function asExpected(line: string, pattern: Pattern | undefined): unknown {
  if (pattern === undefined || matches(pattern, line)) return line;
  if (pattern.is === 'equal' && typeof pattern.value === 'string') return line;
  try {
    const value: unknown = parseForeignJson(line);
    return value;
  } catch {
    return line;
  }
}

function jsonDifference(pattern: Pattern, text: string, path: string): Difference | null {
  try {
    const value: unknown = parseForeignJson(text);
    return differenceOf(pattern, value, path);
  } catch (thrown) {
    const expected = thrown instanceof TooDeepError ? `JSON; ${thrown.message}` : 'JSON';
    return { path, expected, received: showValue(text) };
  }
}

/** Lines without their ends; a line end at the end of the text starts no further line. */
function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

async function textOf(file: string): Promise<string | { readonly problem: string }> {
  const handle = await openRegularFile(file).catch(nullUnlessLimit);
  if (handle === null) return { problem: 'no such file' };
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(
      Buffer.alloc(Math.min(size, MOST_BYTES)),
      0,
      Math.min(size, MOST_BYTES),
      0,
    );
    return buffer.toString('utf8', 0, bytesRead);
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  } finally {
    await handle.close();
  }
}
