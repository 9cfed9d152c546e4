import { Argument, Command as CommanderCommand, CommanderError, Option } from 'commander';
import { EXIT, KpluginError } from '../model/error.ts';
import {
  type Command,
  type Flag,
  type Flags,
  kebab,
  type ParsedInput,
  type Topic,
  topicsOf,
  valueText,
  variableOf,
} from './command.ts';
import type { Globals } from './context.ts';
import { commandHelp, programHelp, topicHelp } from './help.ts';
import { SECRETS } from './secret-environment.ts';
import { GLOBAL_FLAGS, globalsOf } from './shared-flags.ts';

/** The length limit of a path on Linux (PATH_MAX); no name or address that kplugin takes is longer. */
const LONGEST = 4096;

/** The command that commander selected, with its unconverted values. */
export interface Parsed extends ParsedInput {
  readonly command: Command;
  readonly globals: Globals;
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Builds commander's program from the command table; `chosen` is called with the command to run. Throws CommanderError
 * for usage errors and for `--help` (exit code 0); never exits the process.
 */
export function buildProgram(
  table: readonly Command[],
  out: (text: string) => void,
  env: Env,
  chosen: (parsed: Parsed) => void,
): CommanderCommand {
  const program = new CommanderCommand('kplugin')
    .configureHelp({ formatHelp: () => programHelp(table) })
    .helpCommand('help [command]', 'help for a command');
  prepare(program, out);
  const parents = topicParents(program, table, out);
  for (const command of table) {
    const parent = (command.topic && parents.get(command.topic)) ?? program;
    const sub = parent.command(lastWord(command.name)).summary(command.summary);
    sub.configureHelp({ formatHelp: () => commandHelp(command) });
    prepare(sub, out);
    addArguments(sub, command);
    addFlags(sub, command.flags);
    sub.action((...received: unknown[]) => {
      const count = command.args.length;
      chosen({
        command,
        globals: globalsOf(valuesOf(GLOBAL_FLAGS, [sub, parent, program], env)),
        flags: valuesOf(command.flags, [sub], env),
        ...splitArguments(command, received.slice(0, count)),
      });
    });
  }
  return program;
}

/** Parent commands such as `kplugin host`, which show their help when called alone. */
function topicParents(
  program: CommanderCommand,
  table: readonly Command[],
  out: (text: string) => void,
): Map<Topic, CommanderCommand> {
  return new Map(
    topicsOf(table).map((topic) => {
      const parent = program.command(topic.name).summary(topic.summary).helpCommand(false);
      parent.configureHelp({ formatHelp: () => topicHelp(topic, table) });
      prepare(parent, out);
      parent.configureOutput({ writeErr: out });
      return [topic, parent];
    }),
  );
}

function lastWord(name: string): string {
  return name.split(' ').at(-1) ?? name;
}

function prepare(command: CommanderCommand, out: (text: string) => void): void {
  command
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: () => {}, outputError: () => {} })
    .helpOption('-h, --help', 'this help')
    .showSuggestionAfterError(true);
  addFlags(command, GLOBAL_FLAGS);
}

function addArguments(sub: CommanderCommand, command: Command): void {
  for (const argument of command.args) {
    const dots = argument.variadic ? '...' : '';
    const text = argument.required ? `<${argument.name}${dots}>` : `[${argument.name}${dots}]`;
    sub.addArgument(new Argument(text, argument.summary));
  }
  const missing = command.args.find((argument) => argument.missing !== undefined)?.missing;
  if (missing !== undefined) sub.exitOverride((error) => refuse(error, missing));
}

/** Throws commander's error; the second line of its message becomes the hint. */
function refuse({ exitCode, code, message }: CommanderError, missing: string): never {
  const more = code === 'commander.missingArgument' ? `\n(${missing})` : '';
  throw new CommanderError(exitCode, code, `${message}${more}`);
}

function addFlags(command: CommanderCommand, flags: Flags): void {
  for (const [name, flag] of Object.entries(flags)) command.addOption(optionOf(name, flag));
}

function optionOf(name: string, flag: Flag): Option {
  const short = flag.short ? `-${flag.short}, ` : '';
  const option = new Option(`${short}--${kebab(name)}${valueText(flag)}`, flag.summary);
  const variable = variableOf(name, flag);
  // Switches read their variable in valuesOf, because commander treats even `KPLUGIN_JSON=0` as true.
  if (variable && flag.kind !== 'switch' && flag.env !== 'by-command') option.env(variable);
  if (flag.kind === 'choice') option.choices(flag.choices);
  if (flag.kind === 'list') {
    option.argParser(flag.commas === false ? append : collect).default([]);
  }
  if ((flag.kind === 'value' || flag.kind === 'choice') && flag.default !== undefined) {
    option.default(flag.default);
  }
  return option;
}

/** A list flag may be repeated and may have commas: `--sink a --sink b`, `KPLUGIN_SINK=a,b`. */
function collect(value: string, before: unknown): string[] {
  const items = value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  return Array.isArray(before) ? [...before, ...items] : items;
}

function append(value: string, before: unknown): string[] {
  return Array.isArray(before) ? [...before, value] : [value];
}

function splitArguments(
  command: Command,
  received: readonly unknown[],
): Pick<ParsedInput, 'args' | 'rest'> {
  const args: (string | undefined)[] = [];
  let rest: string[] = [];
  command.args.forEach((argument, index) => {
    const value = received[index];
    if (argument.variadic) rest = Array.isArray(value) ? value.map(String) : [];
    else args.push(typeof value === 'string' ? value : undefined);
  });
  return { args, rest };
}

/**
 * The values of a table's flags after parsing: the flag typed before or after the command's name, then its environment
 * variable, then its default. Keys are those of the table (`noBuild`, where commander has `build: false`).
 */
function valuesOf(
  flags: Flags,
  commands: readonly CommanderCommand[],
  env: Env,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, flag] of Object.entries(flags)) {
    const variable = variableOf(name, flag);
    const typed = commands.map((command) => typedValue(command, name)).find((v) => v !== undefined);
    if (flag.kind === 'switch') {
      values[name] = typed !== undefined || (variable !== null && isOn(env[variable]));
    } else {
      const value = typed ?? fallback(commands, name);
      if (value !== undefined) values[name] = value;
    }
  }
  return values;
}

/** A variable that is empty, `0` or `false` is off: CI systems set all three. */
function isOn(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}

function typedValue(command: CommanderCommand, name: string): unknown {
  const key = attribute(name);
  if (command.getOptionValueSource(key) !== 'cli') return undefined;
  return command.getOptionValue(key);
}

/** The value from the environment or the default; an empty variable counts as not set. */
function fallback(commands: readonly CommanderCommand[], name: string): unknown {
  for (const command of commands) {
    const value: unknown = command.getOptionValue(attribute(name));
    if (value === undefined) continue;
    return value === '' ? undefined : value;
  }
  return undefined;
}

function attribute(name: string): string {
  return /^no[A-Z]/.test(name) ? `${name.charAt(2).toLowerCase()}${name.slice(3)}` : name;
}

/**
 * Throws (exit 2) when an argument, or an environment variable for a flag, is longer than {@link LONGEST}: else error
 * messages would repeat all of it. A comma-separated list may be longer, but each of its items may not. Variables with
 * secrets have no limit, because no error repeats them.
 */
export function refuseLongArguments(argv: readonly string[], env: Env): void {
  const place = argv.findIndex(isTooLong);
  if (place >= 0) throw tooLong(`argument ${place + 1}`, argv[place] ?? '');
  for (const [name, value = ''] of Object.entries(env)) {
    const isOurs = name.startsWith('KPLUGIN_') && !SECRETS.some((one) => one === name);
    if (isOurs && isTooLong(value)) throw tooLong(name, value);
  }
}

function isTooLong(value: string): boolean {
  return value.length > LONGEST && value.split(',').some(({ length }) => length > LONGEST);
}

function tooLong(what: string, { length }: string): KpluginError {
  return new KpluginError({
    code: 'argument-too-long',
    exit: EXIT.usage,
    message: `${what} has ${length} characters`,
    reason: `kplugin takes ${LONGEST} at most, as Linux does for a path`,
    hint: 'give a shorter one',
  });
}
