import { EXIT, KpluginError } from '../model/error.ts';
import { visible, visibleLine } from '../model/printable.ts';
import type { Interrupt } from './signals.ts';

export interface Question {
  readonly message: string;
  /** The flag that answers the question instead: `--name`. */
  readonly flag: string;
  readonly default?: string;
  /** Returns true or the error message; called at each attempt. */
  readonly validate?: (answer: string) => true | string;
}

export interface ChoiceQuestion<T extends string> {
  readonly message: string;
  readonly flag: string;
  readonly choices: readonly { readonly value: T; readonly name: string }[];
  readonly default?: T;
}

interface Consent {
  readonly message: string;
}

/** The questions that a command may ask; each has a flag that answers it. */
export interface Prompts {
  /** Whether a prompt can be shown. */
  readonly interactive: boolean;
  text(question: Question): Promise<string>;
  select<T extends string>(question: ChoiceQuestion<T>): Promise<T>;
  /** Resolves to true under `--yes`, to the answer on a terminal; throws exit 2 elsewhere. */
  confirm(question: Consent): Promise<boolean>;
}

/** Prompts that throw instead of asking: for `--no-input` and without a terminal. */
export function silentPrompts(yes: boolean): Prompts {
  const refuse = (message: string, flag: string): never => {
    throw new KpluginError({
      code: 'missing-flag',
      exit: EXIT.usage,
      message: `${flag} is missing, and there is nobody to ask: "${message}"`,
      hint: `add ${flag}, or run it in a terminal without --no-input`,
    });
  };
  return {
    interactive: false,
    text: async (question) => refuse(question.message, question.flag),
    select: async (question) => refuse(question.message, question.flag),
    confirm: async (question) => (yes ? true : refuse(question.message, '--yes')),
  };
}

/** Prompts on the terminal; inquirer is imported at the first question. Ctrl-C throws inquirer's ExitPromptError. */
export function terminalPrompts(yes: boolean, interrupt: Interrupt): Prompts {
  const load = async () => {
    const { createPromptModule } = (await import('inquirer')).default;
    // Prompts go to stderr, because stdout is for data.
    return createPromptModule({ output: process.stderr, signal: interrupt.listen() });
  };
  return {
    interactive: true,
    async text(question) {
      const prompt = await load();
      const { answer } = await prompt([
        {
          type: 'input',
          name: 'answer',
          message: visible(question.message),
          ...(question.default === undefined ? {} : { default: question.default }),
          validate: (value: string) => question.validate?.(value) ?? true,
        },
      ]);
      return String(answer);
    },
    async select<T extends string>(question: ChoiceQuestion<T>) {
      const prompt = await load();
      const { answer } = await prompt([
        {
          type: 'select',
          name: 'answer',
          message: visible(question.message),
          choices: question.choices.map(({ value, name }) => ({ value, name: visibleLine(name) })),
          ...(question.default === undefined ? {} : { default: question.default }),
        },
      ]);
      const chosen = question.choices.find((choice) => choice.value === answer);
      if (!chosen) throw new Error(`no such choice: ${answer}`);
      return chosen.value;
    },
    async confirm(question) {
      if (yes) return true;
      const prompt = await load();
      const { answer } = await prompt([
        { type: 'confirm', name: 'answer', message: visible(question.message), default: false },
      ]);
      return answer === true;
    },
  };
}
