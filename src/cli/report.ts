import { EXIT, type ExitCode, type KpluginError } from '../model/error.ts';
import { visibleJson, visibleLine } from '../model/printable.ts';
import type { Globals } from './context.ts';
import { envelope } from './envelope.ts';
import { type FailedRun, failureOutput } from './failure-output.ts';
import type { Outcome } from './outcome.ts';
import { PLAIN_PAPER, paperOf, renderText } from './output/render.ts';
import { shown } from './output/shown.ts';
import { jsonLine, linePieces } from './output-pieces.ts';

/** Prints what a command has to say, as text, as JSON or, under `--quiet`, not at all; resolves to the exit code. */
export async function report(
  command: string,
  outcome: Outcome,
  globals: Globals,
): Promise<ExitCode> {
  const { error, data, next = [] } = outcome;
  const exit = error?.exit ?? EXIT.done;
  if (globals.json) {
    await writeJson(jsonLine(envelope(command, data, error ?? null)));
    return exit;
  }
  if (!globals.quiet || error) {
    const paper = await paperOf(process.stdout, globals.color, process.env);
    const text = renderText(await outcome.view(), paper);
    for (const piece of linePieces(text)) await write(shown(piece));
  }
  if (!globals.quiet && !error) writeNext(next);
  return exit;
}

function writeNext(commands: readonly string[]): void {
  if (commands.length === 0) return;
  const lines = commands.map((command) => `  ${visibleLine(command)}\n`);
  process.stderr.write(`\nNext:\n${lines.join('')}`);
}

/** Prints why a command could not do its work: on stderr, under `--json` as its answer; resolves to the exit code. */
export async function reportFailure(error: KpluginError, failed: FailedRun): Promise<ExitCode> {
  const { globals } = failed;
  if (globals.json) {
    await writeJson([failureOutput(error, failed, PLAIN_PAPER)]);
    return error.exit;
  }
  const paper = await paperOf(process.stderr, globals.color, process.env);
  process.stderr.write(shown(failureOutput(error, failed, paper)));
  return error.exit;
}

/** Byte for byte what it is for programs; where a terminal reads along, the same with what it would obey escaped. */
async function writeJson(pieces: Iterable<string>): Promise<void> {
  for (const piece of pieces) await write(process.stdout.isTTY ? visibleJson(piece) : piece);
}

/** Resolves when the text has left the process: pipes are asynchronous, and the exit must not cut them short. */
function write(text: string): Promise<void> {
  if (text === '') return Promise.resolve();
  return new Promise((resolve) => {
    process.stdout.write(text, () => resolve());
  });
}
