import type { Context } from './context.ts';
import type { Outcome } from './outcome.ts';

interface FlagBase {
  readonly summary: string;
  /** One letter, for flags that are typed often. */
  readonly short?: string;
  /**
   * `false`: the flag has no `KPLUGIN_…` variable, because it asks for an action and is no setting. `by-command`: it
   * has one, and the command reads it itself, because a typed flag also takes precedence over the variables of other
   * flags.
   */
  readonly env?: false | 'by-command';
}

/** `--dry-run` */
export interface Switch extends FlagBase {
  readonly kind: 'switch';
}

/** `--output <file>` */
export interface ValueFlag extends FlagBase {
  readonly kind: 'value';
  readonly value: string;
  readonly default?: string;
}

/** `--format <pretty|json|github>` */
export interface Choice<C extends string = string> extends FlagBase {
  readonly kind: 'choice';
  readonly choices: readonly C[];
  readonly default?: C;
}

/** `--source a --source b` */
export interface ListFlag extends FlagBase {
  readonly kind: 'list';
  readonly value: string;
  /** False where a value may contain a comma; then only a repeated flag makes a list. */
  readonly commas?: false;
  /**
   * False where help must not show the flag as repeatable: the command accepts a second one only to report the error.
   */
  readonly repeatable?: boolean;
}

export type Flag = Switch | ValueFlag | Choice | ListFlag;

/** Keys are camelCase; `dryRun` becomes `--dry-run` and `KPLUGIN_DRY_RUN`. */
export type Flags = Readonly<Record<string, Flag>>;

type ValueOf<F extends Flag> = F extends Switch
  ? boolean
  : F extends Choice<infer C>
    ? F extends { default: string }
      ? C
      : C | undefined
    : F extends ListFlag
      ? string[]
      : F extends { default: string }
        ? string
        : string | undefined;

export type FlagValues<F extends Flags> = { readonly [K in keyof F]: ValueOf<F[K]> };

export interface Argument {
  readonly name: string;
  readonly summary: string;
  readonly required?: boolean;
  readonly variadic?: boolean;
  /** Added to the error when the argument is missing: how to find a value. */
  readonly missing?: string;
}

export interface Example {
  readonly command: string;
  readonly does: string;
}

/** `args` has one item per declared argument: a string or undefined, an array if variadic. */
export interface Input<F extends Flags> {
  readonly flags: FlagValues<F>;
  readonly args: readonly (string | undefined)[];
  readonly rest: readonly string[];
}

export type Action<F extends Flags> = (input: Input<F>, context: Context) => Promise<Outcome>;

/** A group of commands with the same first word, such as `host` in `kplugin host add` and `kplugin host list`. */
export interface Topic {
  readonly name: string;
  readonly summary: string;
  /** Shown at the end of the topic's help. */
  readonly details?: string;
  readonly examples: readonly Example[];
}

/** The declaration of a command: help, parsing, environment variables and completion are made from it. */
export interface CommandSpec<F extends Flags = Flags> {
  /** The words that are typed: `pack`, or `host add` for a command of the topic `host`. */
  readonly name: string;
  readonly topic?: Topic;
  readonly group: 'Write' | 'Check' | 'Package' | 'Deploy' | 'Learn';
  readonly summary: string;
  /** One or two paragraphs at the end of `--help`. */
  readonly details?: string;
  readonly args: readonly Argument[];
  readonly flags: F;
  readonly examples: readonly Example[];
}

/**
 * The result of parsing. The values have the types of the command's spec, but TypeScript cannot check that across a
 * list of commands.
 */
export interface ParsedInput {
  readonly flags: Readonly<Record<string, unknown>>;
  readonly args: readonly (string | undefined)[];
  readonly rest: readonly string[];
}

/** A command that was looked up: its spec and a function that loads the action. */
export interface Command extends CommandSpec {
  /** Imports the action only when the command runs, so that `--help` starts fast. */
  readonly load: () => Promise<(input: ParsedInput, context: Context) => Promise<Outcome>>;
}

/** Declares a command with its flags' types inferred. */
export function defineCommand<const F extends Flags>(spec: CommandSpec<F>): CommandSpec<F> {
  return spec;
}

/** Joins a spec and its action; the compiler checks that the action takes exactly these flags. */
export async function row<F extends Flags>(
  spec: Promise<{ readonly command: CommandSpec<F> }>,
  action: () => Promise<{ readonly run: Action<F> }>,
): Promise<Command> {
  const { command } = await spec;
  return {
    ...command,
    load: async () => {
      const { run } = await action();
      // valuesOf reads the flags by this spec, so their types are those of F.
      return (input, context) => run(input as Input<F>, context);
    },
  };
}

/** The topics of a command table, each once, in table order. */
export function topicsOf(table: readonly Command[]): Topic[] {
  return [...new Set(table.flatMap(({ topic }) => topic ?? []))];
}

/** `dryRun` → `dry-run` */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** `dryRun` → `KPLUGIN_DRY_RUN`; null if the flag has no variable. */
export function variableOf(name: string, flag: Flag): string | null {
  if (flag.env === false) return null;
  return `KPLUGIN_${kebab(name).replaceAll('-', '_').toUpperCase()}`;
}

/** The placeholder after a flag in help: ` <file>`, ` <a|b>`, or empty for a switch. */
export function valueText(flag: Flag): string {
  if (flag.kind === 'switch') return '';
  return flag.kind === 'choice' ? ` <${flag.choices.join('|')}>` : ` <${flag.value}>`;
}
