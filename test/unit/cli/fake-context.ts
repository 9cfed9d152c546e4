import type { Context, Globals } from '../../../src/cli/context.ts';
import { NO_PROGRESS } from '../../../src/cli/progress.ts';
import { plain } from '../../fixtures/plain.ts';

export interface Heard {
  /** `info: …` and `warn: …`, in order. */
  readonly lines: string[];
  /** Questions that were asked. */
  readonly questions: string[];
}

const LOUD: Globals = {
  json: false,
  quiet: false,
  verbose: false,
  color: false,
  input: true,
  yes: false,
};

/** A context whose log is kept; `answer` null: there is nobody to ask. */
export function fakeContext(
  answer: boolean | null,
  globals: Partial<Globals> = {},
): Heard & { readonly context: Context } {
  const lines: string[] = [];
  const questions: string[] = [];
  const refuse = () => Promise.reject(new Error('nobody to ask'));
  const context: Context = {
    globals: { ...LOUD, ...globals },
    cwd: '/',
    env: {},
    version: '0.0.0',
    variables: () => Promise.resolve([]),
    argv: [],
    packageRoot: '/',
    log: {
      info: (line) => lines.push(`info: ${line}`),
      debug: () => {},
      warn: (line) => lines.push(`warn: ${line}`),
      show: async (views, must) => {
        const text = plain(views).trimEnd();
        if (text !== '') lines.push(`${must === undefined ? 'info' : 'warn'}: ${text}`);
      },
      progress: () => NO_PROGRESS,
      lines: () => null,
    },
    prompts: {
      interactive: answer !== null,
      text: refuse,
      select: refuse,
      confirm: ({ message }) => {
        questions.push(message);
        return answer === null ? refuse() : Promise.resolve(answer);
      },
    },
    signal: new AbortController().signal,
    report: () => Promise.resolve(),
  };
  return { context, lines, questions };
}
