import { writeSync } from 'node:fs';
import { EXIT, type ExitCode, KpluginError } from '../model/error.ts';
import { visibleJson, visibleLine } from '../model/printable.ts';
import type { Globals } from './context.ts';
import { asKpluginError } from './failure.ts';
import { type FailedRun, failureOutput } from './failure-output.ts';
import { envelope, type Outcome } from './outcome.ts';
import { outputFormat, PLAIN_FORMAT, renderText } from './output/render.ts';
import { escapeOutput } from './output/terminal-codes.ts';

/** Characters per write: one string for the text of 60,000 files would be in memory three times. */
const PIECE = 256 * 1024;

/** Longer lists are serialized item by item. */
const LONG_LIST = 1000;

/** Values below this depth are serialized at once. */
const LEVELS = 4;

/** Prints the result of a command as text or JSON, or nothing under `--quiet`; resolves to the exit code. */
export async function report(
  command: string,
  outcome: Outcome,
  globals: Globals,
): Promise<ExitCode> {
  const { error, data, next = [] } = outcome;
  const exit = error?.exit ?? outcome.exit ?? EXIT.done;
  if (globals.json) {
    await writeJson(jsonLine(envelope(command, data, error ?? null)));
    return exit;
  }
  if (!globals.quiet || error) {
    const format = await outputFormat(process.stdout, globals.color, process.env);
    const text = renderText(await outcome.view(), format);
    for (const piece of linePieces(text)) await write(escapeOutput(piece));
  }
  if (!globals.quiet && !error) writeNext(next);
  return exit;
}

function writeNext(commands: readonly string[]): void {
  if (commands.length === 0) return;
  const lines = commands.map((command) => `  ${visibleLine(command)}\n`);
  process.stderr.write(`\nNext:\n${lines.join('')}`);
}

/** Prints an error on stderr, under `--json` as envelope on stdout; resolves to the exit code. */
export async function reportFailure(error: KpluginError, failed: FailedRun): Promise<ExitCode> {
  const { globals } = failed;
  if (globals.json) {
    await writeJson([failureOutput(error, failed, PLAIN_FORMAT)]);
    return error.exit;
  }
  const format = await outputFormat(process.stderr, globals.color, process.env);
  process.stderr.write(escapeOutput(failureOutput(error, failed, format)));
  return error.exit;
}

/** Writes JSON unchanged; on a terminal with control characters escaped. */
async function writeJson(pieces: Iterable<string>): Promise<void> {
  for (const piece of pieces) await write(process.stdout.isTTY ? visibleJson(piece) : piece);
}

/** Resolves when the text has been flushed: pipes are asynchronous, and exiting earlier would truncate the output. */
function write(text: string): Promise<void> {
  if (text === '') return Promise.resolve();
  return new Promise((resolve) => {
    process.stdout.write(text, () => resolve());
  });
}

/** A text, or its lines as a lazy sequence. */
type Text = string | Iterable<string>;

/** Joins lines to large chunks that end with a line feed. */
export function* linePieces(text: Text): Generator<string> {
  let piece = '';
  for (const lines of typeof text === 'string' ? [text] : text) {
    piece += lines;
    if (piece.length < PIECE || !piece.endsWith('\n')) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece.endsWith('\n') ? piece : `${piece}\n`;
}

/** Serializes a value in chunks, equal to JSON.stringify and a line feed. */
export function* jsonLine(value: unknown): Generator<string> {
  let piece = '';
  for (const part of partsOf(value, LEVELS)) {
    piece += part;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}\n`;
}

function* partsOf(value: unknown, levels: number): Generator<string> {
  if (levels > 0 && Array.isArray(value) && value.length > LONG_LIST) {
    yield '[';
    for (const [index, item] of value.entries()) {
      yield `${index === 0 ? '' : ','}${JSON.stringify(item) ?? 'null'}`;
    }
    yield ']';
  } else if (levels > 0 && isPlain(value)) {
    let glue = '{';
    for (const [key, member] of Object.entries(value)) {
      if (JSON.stringify(shallow(member)) === undefined) continue;
      yield `${glue}${JSON.stringify(key)}:`;
      glue = ',';
      yield* partsOf(member, levels - 1);
    }
    yield glue === '{' ? '{}' : '}';
  } else {
    yield JSON.stringify(value) ?? 'null';
  }
}

/** Whether JSON.stringify writes a member depends only on its type, so objects need not be serialized to find out. */
function shallow(member: unknown): unknown {
  return typeof member === 'object' && member !== null ? 0 : member;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !('toJSON' in value)
  );
}

/**
 * Installs the process-wide error handlers: a closed pipe (`kplugin list | head -1`) is not an error and interrupts no
 * clean-up; output that cannot be written sets the exit code; an uncaught error prints a bug report and exits with 70.
 * `current` returns the run as far as it is known then.
 */
export function guardProcess(current: () => FailedRun): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    const failed = current();
    const text = { ...failed, globals: { ...failed.globals, json: false } };
    process.stderr.write(escapeOutput(failureOutput(unwritable(error), text, PLAIN_FORMAT)));
    process.exit(EXIT.usage);
  });
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    // The command continues: a full disk under a log is no reason to leave a host half-changed.
    if (error.code !== 'EPIPE') process.exitCode ||= EXIT.usage;
  });
  const onBug = (thrown: unknown): never => {
    const failed = current();
    const output = failureOutput(asKpluginError(thrown, null), failed, PLAIN_FORMAT);
    // The process must end now, so the output is written synchronously.
    try {
      if (failed.globals.json) writeSync(1, process.stdout.isTTY ? visibleJson(output) : output);
      else writeSync(2, escapeOutput(output));
    } catch {
      // stderr is closed: only the exit code is left.
    }
    process.exit(EXIT.bug);
  };
  process.on('uncaughtException', onBug);
  process.on('unhandledRejection', onBug);
}

function unwritable(cause: Error): KpluginError {
  return new KpluginError({
    code: 'stdout-unwritable',
    exit: EXIT.usage,
    message: 'the output could not be written',
    reason: cause.message,
    hint: 'check where it is redirected to, for example whether the disk is full',
    cause,
  });
}
