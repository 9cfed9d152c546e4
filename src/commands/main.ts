import { isatty } from 'node:tty';
import { type Command, variableOf } from '../cli/command.ts';
import { type Context, type Globals, logTo } from '../cli/context.ts';
import { asKpluginError } from '../cli/failure.ts';
import type { FailedRun } from '../cli/failure-output.ts';
import { currentFolder, packageRoot } from '../cli/folders.ts';
import { escapeOutput } from '../cli/output/terminal-codes.ts';
import { buildProgram, type Parsed, refuseLongArguments } from '../cli/program.ts';
import { silentPrompts, terminalPrompts } from '../cli/prompts.ts';
import { guardProcess, report, reportFailure } from '../cli/report.ts';
import {
  hideSecrets,
  moveFromInitialEnvironment,
  otherSecretNames,
  SECRETS,
  secretValues,
  wipeInitialEnvironment,
} from '../cli/secret-environment.ts';
import { GLOBAL_FLAGS, globalsOf } from '../cli/shared-flags.ts';
import { type Interrupt, processInterrupt } from '../cli/signals.ts';
import { EXIT } from '../model/error.ts';
import { allCommands, COMMAND_NAMES, commandsOf } from './table.ts';

/** Variables without a flag. Secrets have none, so that they are never typed on a command line. */
const WITHOUT_FLAG = ['KPLUGIN_AUDIENCE', 'KPLUGIN_CONFIG', 'KPLUGIN_PROXY', 'KPLUGIN_TOKEN'];

/** Runs kplugin with the streams, environment and signals of this process; resolves to the exit code. */
export async function main(argv: readonly string[], version: string): Promise<number> {
  const run = { argv, version, secrets: secretValues(process.env) };
  let failed: FailedRun = { run, command: commandIn(argv), globals: beforeParsing(argv) };
  guardProcess(() => failed);
  let parsed: Parsed | null = null;
  try {
    refuseLongArguments(argv, process.env);
    await refuseForeign(argv);
    parsed = await parse(argv);
  } catch (thrown) {
    return helpOrUsage(thrown, failed);
  }
  if (parsed === null) return EXIT.done;
  failed = { run, command: parsed.command.name, globals: parsed.globals };
  return runCommand(parsed, failed);
}

/** Loads what tells encodings apart only where Node had to replace something. */
async function refuseForeign(argv: readonly string[]): Promise<void> {
  if (!`${argv.join()}${Object.values(process.env).join()}`.includes('\u{fffd}')) return;
  const { refuseForeignArguments } = await import('../cli/foreign-arguments.ts');
  refuseForeignArguments(argv, process.env);
}

async function parse(argv: readonly string[]): Promise<Parsed | null> {
  let chosen: Parsed | null = null;
  const out = (text: string) => process.stdout.write(escapeOutput(text));
  // If the first word is a command, only that one is loaded: this saves a tenth of the start time.
  const named = await commandsOf(argv[0]);
  const table = named.length > 0 ? named : await allCommands();
  const program = buildProgram(table, out, process.env, (parsed) => {
    chosen = parsed;
  });
  program.parse(argv.length === 0 ? ['--help'] : askedOf(argv, named), { from: 'user' });
  return chosen;
}

/** Drops `--help` after an unknown command: commander would print the general help instead of the error. */
function askedOf(argv: readonly string[], named: readonly Command[]): string[] {
  const isUnknown = named.length === 0 && /^\w/.test(argv[0] ?? '') && argv[0] !== 'help';
  return isUnknown ? argv.filter((one) => one !== '--help' && one !== '-h') : [...argv];
}

/** The global flags of a command line that could not be parsed, so that the error has the requested form. */
function beforeParsing(argv: readonly string[]): Globals {
  const has = (name: string) => argv.includes(`--${name}`);
  return globalsOf({ json: has('json'), verbose: has('verbose'), noColor: has('no-color') });
}

function commandIn(argv: readonly string[]): string | null {
  const words = argv.filter((one) => !one.startsWith('-'));
  const found = COMMAND_NAMES.find(
    (name) => name === words.slice(0, name.split(' ').length).join(' '),
  );
  return found ?? null;
}

async function helpOrUsage(thrown: unknown, failed: FailedRun): Promise<number> {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : '';
  if (code === 'commander.helpDisplayed' || code === 'commander.help') return EXIT.done;
  return reportFailure(asKpluginError(thrown, null), failed);
}

async function runCommand(parsed: Parsed, failed: FailedRun): Promise<number> {
  const { run, globals } = failed;
  const interrupt = processInterrupt();
  try {
    const context = makeContext(parsed.command, interrupt, { ...run, globals });
    const act = await parsed.command.load();
    const outcome = await act(parsed, context);
    if (outcome.failure) return reportFailure(outcome.failure, { ...failed, data: outcome.data });
    if (outcome.reported) return outcome.error?.exit ?? EXIT.done;
    return await report(parsed.command.name, outcome, globals);
  } catch (thrown) {
    return reportFailure(asKpluginError(thrown, interrupt.signal), failed);
  }
}

function makeContext(
  command: Command,
  interrupt: Interrupt,
  { argv, version, globals }: Pick<Context, 'argv' | 'version' | 'globals'>,
): Context {
  // Uses file descriptors, because reading process.stdin or process.stderr creates a stream.
  const asks = globals.input && !globals.json && isatty(0) && isatty(2);
  return {
    globals,
    argv,
    cwd: currentFolder(),
    env: ownEnvironment(),
    version,
    variables: async () => knownVariables(await allCommands()),
    packageRoot: packageRoot(),
    log: logTo(process.stderr, globals, () => performance.now()),
    prompts: asks ? terminalPrompts(globals.yes, interrupt) : silentPrompts(globals.yes),
    get signal() {
      return interrupt.listen();
    },
    report: async (outcome) => {
      await report(command.name, outcome, globals);
    },
  };
}

/**
 * The environment without kplugin's secrets, so that child processes and other processes of the same user cannot read
 * them. Other variables that may be secret stay set for builds, but are moved out of the initial environment in
 * `/proc`.
 */
function ownEnvironment(): Context['env'] {
  const env = hideSecrets(process.env);
  const strangers = otherSecretNames(process.env);
  moveFromInitialEnvironment(process.env, strangers);
  wipeInitialEnvironment([...SECRETS, ...strangers]);
  return env;
}

/** Every environment variable that kplugin reads, sorted. */
function knownVariables(table: readonly Command[]): readonly string[] {
  const flags = [GLOBAL_FLAGS, ...table.map((command) => command.flags)];
  const names = flags.flatMap((some) =>
    Object.entries(some).flatMap(([name, flag]) => variableOf(name, flag) ?? []),
  );
  return [...new Set([...names, ...WITHOUT_FLAG])].sort();
}
