import type { Context, Globals } from '../../src/cli/context.ts';
import { asKpluginError, failureView } from '../../src/cli/failure.ts';
import { envelope } from '../../src/cli/outcome.ts';
import { buildProgram, type Parsed } from '../../src/cli/program.ts';
import { NO_PROGRESS } from '../../src/cli/progress.ts';
import { silentPrompts } from '../../src/cli/prompts.ts';
import { allCommands } from '../../src/commands/table.ts';
import { EXIT, type KpluginError } from '../../src/model/error.ts';
import { described } from '../bin/output-schemas.ts';
import { ROOT } from '../bin/run.ts';
import { plain } from '../fixtures/plain.ts';

const COMMANDS = await allCommands();

const silent: Context['log'] = {
  info: () => {},
  debug: () => {},
  warn: () => {},
  show: async (views) => {
    plain(views);
  },
  progress: () => NO_PROGRESS,
  lines: () => null,
};

/**
 * Runs a command as main() does, in this process, and writes what it says both for people and for programs, for whom it
 * has to be as `schemas/output` says.
 * Resolves to its exit code; what would be called a bug (exit 70) is thrown as it was.
 */
export async function runHere(
  argv: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const command = parsedOf(argv);
  const { globals } = command;
  try {
    const act = await command.command.load();
    const outcome = await act(command, contextFor(cwd, env, globals));
    if (!outcome.failure) plain(await outcome.view());
    const error = outcome.failure ?? outcome.error ?? null;
    if (error?.exit === EXIT.bug) throw error.cause ?? error;
    described(JSON.stringify(envelope(command.command.name, outcome.data, error)));
    if (error !== null) told(error);
    return error?.exit ?? EXIT.done;
  } catch (thrown) {
    const error = asKpluginError(thrown, null);
    if (error.exit === EXIT.bug) throw thrown;
    told(error);
    return error.exit;
  }
}

function told(error: KpluginError): void {
  plain(failureView(error, true));
  JSON.stringify(envelope('x', null, error));
}

const parsed = new Map<string, Parsed>();

/** Parses a command line once: no input of a test is in it. */
function parsedOf(argv: readonly string[]): Parsed {
  const known = parsed.get(argv.join('\0'));
  if (known !== undefined) return known;
  const made = parse(argv);
  parsed.set(argv.join('\0'), made);
  return made;
}

function parse(argv: readonly string[]): Parsed {
  let found: Parsed | null = null;
  const program = buildProgram(
    COMMANDS.filter(({ name }) => name.split(' ')[0] === argv[0]),
    () => {},
    {},
    (parsed) => {
      found = parsed;
    },
  );
  program.parse([...argv], { from: 'user' });
  if (found === null) throw new Error(`no command: ${argv.join(' ')}`);
  return found;
}

function contextFor(cwd: string, env: Readonly<Record<string, string>>, globals: Globals): Context {
  return {
    globals,
    cwd,
    env,
    version: '0.0.0',
    variables: () => Promise.resolve([]),
    argv: [],
    packageRoot: ROOT,
    log: silent,
    prompts: silentPrompts(true),
    signal: new AbortController().signal,
    report: () => Promise.resolve(),
  };
}
