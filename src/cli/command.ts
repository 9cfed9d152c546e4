import type { Context } from './context.ts';
import type { Outcome } from './outcome.ts';

interface FlagBase {
  readonly summary: string;
  /** One letter, for the flags that people type often. */
  readonly short?: string;
  /**
   * False for flags that say what to do now rather than how: they get no `KPLUGIN_…` variable.
   * `by-command`: there is one, and the command reads it itself, because what is typed must outweigh it in other flags too.
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
  /** False where a comma belongs to the value; then only the flag repeated makes a list. */
  readonly commas?: false;
  /** False where help shall not offer a second one: the command takes it only to say why it is too many. */
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
  /** How to find out what to type, for whoever left it out. */
  readonly missing?: string;
}

export interface Example {
  readonly command: string;
  readonly does: string;
}

/** `args` holds one slot per declared argument: a string or undefined, an array when variadic. */
export interface Input<F extends Flags> {
  readonly flags: FlagValues<F>;
  readonly args: readonly (string | undefined)[];
  readonly rest: readonly string[];
}

export type Action<F extends Flags> = (input: Input<F>, context: Context) => Promise<Outcome>;

/** What several commands are about: `kplugin host add`, `kplugin host list` … share the word `host`. */
export interface Topic {
  readonly name: string;
  readonly summary: string;
  /** At the end of the topic's own help. */
  readonly details?: string;
  readonly examples: readonly Example[];
}

/** What a command is called and takes: all that help, parsing, environment variables and completion need. */
export interface CommandSpec<F extends Flags = Flags> {
  /** As it is typed: `pack`, or `host add` for a command of the topic `host`. */
  readonly name: string;
  readonly topic?: Topic;
  readonly group: 'Write' | 'Check' | 'Package' | 'Deploy' | 'Learn';
  readonly summary: string;
  /** A paragraph or two at the end of `--help`. */
  readonly details?: string;
  readonly args: readonly Argument[];
  readonly flags: F;
  readonly examples: readonly Example[];
}

/** What parsing hands over: the values follow the command's spec, which TypeScript cannot see through a list. */
export interface ParsedInput {
  readonly flags: Readonly<Record<string, unknown>>;
  readonly args: readonly (string | undefined)[];
  readonly rest: readonly string[];
}

/** A row of the command table: the spec, and the action behind it. */
export interface Command extends CommandSpec {
  /** Loads the action when the command runs, never before: this keeps `--help` as fast as Node. */
  readonly load: () => Promise<(input: ParsedInput, context: Context) => Promise<Outcome>>;
}

/** Declares a command with its flags' types inferred. */
export function defineCommand<const F extends Flags>(spec: CommandSpec<F>): CommandSpec<F> {
  return spec;
}

/** Joins a spec and its action; the compiler checks that the action takes just these flags. */
export function row<F extends Flags>(
  spec: CommandSpec<F>,
  load: () => Promise<{ readonly run: Action<F> }>,
): Command {
  return {
    ...spec,
    load: async () => {
      const { run } = await load();
      // valuesOf reads the flags by this very spec, so they have the types of F by construction.
      return (input, context) => run(input as Input<F>, context);
    },
  };
}

/** The topics of a table, each once, in its order. */
export function topicsOf(table: readonly Command[]): Topic[] {
  return [...new Set(table.flatMap(({ topic }) => topic ?? []))];
}

/** `dryRun` → `dry-run` */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** `dryRun` → `KPLUGIN_DRY_RUN`, or null where the flag has none. */
export function variableOf(name: string, flag: Flag): string | null {
  if (flag.env === false) return null;
  return `KPLUGIN_${kebab(name).replaceAll('-', '_').toUpperCase()}`;
}

/** The text after a flag in help: ` <file>`, ` <a|b>` or nothing. */
export function valueText(flag: Flag): string {
  if (flag.kind === 'switch') return '';
  return flag.kind === 'choice' ? ` <${flag.choices.join('|')}>` : ` <${flag.value}>`;
}
