import { isatty } from 'node:tty';
import { type Command, row, variableOf } from '../cli/command.ts';
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
import { add } from './add/command.ts';
import { describe } from './describe/command.ts';
import { dev } from './dev/command.ts';
import { diff } from './diff/command.ts';
import { doctor } from './doctor/command.ts';
import { explain } from './explain/command.ts';
import { history } from './history/command.ts';
import { hostAdd } from './host/add/command.ts';
import { hostKeygen } from './host/keygen/command.ts';
import { hostList } from './host/list/command.ts';
import { hostRemove } from './host/remove/command.ts';
import { hostShow } from './host/show/command.ts';
import { hostTest } from './host/test/command.ts';
import { hostUse } from './host/use/command.ts';
import { init } from './init/command.ts';
import { inspect } from './inspect/command.ts';
import { install } from './install/command.ts';
import { list } from './list/command.ts';
import { pack } from './pack/command.ts';
import { remove } from './remove/command.ts';
import { restart } from './restart/command.ts';
import { rollback } from './rollback/command.ts';
import { schema } from './schema/command.ts';
import { serve } from './serve/command.ts';
import { status } from './status/command.ts';
import { test } from './test/command.ts';
import { validate } from './validate/command.ts';

/** Variables without a flag. Secrets have none, so that they are never typed on a command line. */
const WITHOUT_FLAG = ['KPLUGIN_AUDIENCE', 'KPLUGIN_CONFIG', 'KPLUGIN_PROXY', 'KPLUGIN_TOKEN'];

/** The commands of `kplugin host`, in the order of its help. */
const HOST_COMMANDS: readonly Command[] = [
  row(hostAdd, () => import('./host/add/run.ts')),
  row(hostList, () => import('./host/list/run.ts')),
  row(hostShow, () => import('./host/show/run.ts')),
  row(hostTest, () => import('./host/test/run.ts')),
  row(hostUse, () => import('./host/use/run.ts')),
  row(hostRemove, () => import('./host/remove/run.ts')),
  row(hostKeygen, () => import('./host/keygen/run.ts')),
];

/** All commands in the order of help; help, flags and environment variables are made from this list. */
export const COMMANDS: readonly Command[] = [
  row(init, () => import('./init/run.ts')),
  row(add, () => import('./add/run.ts')),
  row(validate, () => import('./validate/run.ts')),
  row(test, () => import('./test/run.ts')),
  row(dev, () => import('./dev/run.ts')),
  row(pack, () => import('./pack/run.ts')),
  row(inspect, () => import('./inspect/run.ts')),
  row(serve, () => import('./serve/run.ts')),
  row(install, () => import('./install/run.ts')),
  row(rollback, () => import('./rollback/run.ts')),
  row(restart, () => import('./restart/run.ts')),
  row(remove, () => import('./remove/run.ts')),
  row(list, () => import('./list/run.ts')),
  row(describe, () => import('./describe/run.ts')),
  row(status, () => import('./status/run.ts')),
  ...HOST_COMMANDS,
  row(diff, () => import('./diff/run.ts')),
  row(history, () => import('./history/run.ts')),
  row(schema, () => import('./schema/run.ts')),
  row(doctor, () => import('./doctor/run.ts')),
  row(explain, () => import('./explain/run.ts')),
];

/** Runs kplugin with the streams, environment and signals of this process; resolves to the exit code. */
export async function main(argv: readonly string[], version: string): Promise<number> {
  const run = { argv, version, secrets: secretValues(process.env) };
  let failed: FailedRun = { run, command: commandIn(argv), globals: beforeParsing(argv) };
  guardProcess(() => failed);
  let parsed: Parsed | null = null;
  try {
    refuseLongArguments(argv, process.env);
    parsed = parse(argv);
  } catch (thrown) {
    return helpOrUsage(thrown, failed);
  }
  if (parsed === null) return EXIT.done;
  failed = { run, command: parsed.command.name, globals: parsed.globals };
  return runCommand(parsed, failed);
}

function parse(argv: readonly string[]): Parsed | null {
  let chosen: Parsed | null = null;
  const out = (text: string) => process.stdout.write(escapeOutput(text));
  // If the first word is a command, commander gets only that one: this saves a tenth of the start time.
  const named = COMMANDS.filter(({ name }) => name.split(' ')[0] === argv[0]);
  const table = named.length > 0 ? named : COMMANDS;
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
  const found = COMMANDS.find(
    ({ name }) => name === words.slice(0, name.split(' ').length).join(' '),
  );
  return found?.name ?? null;
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
    variables: () => knownVariables(COMMANDS),
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
