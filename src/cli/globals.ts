import type { Flags } from './command.ts';
import type { Globals } from './context.ts';

/** The global flags. */
export const GLOBAL_FLAGS = {
  json: { kind: 'switch', summary: 'one JSON envelope on stdout, on success and on failure' },
  quiet: { kind: 'switch', short: 'q', summary: 'print nothing but errors' },
  verbose: { kind: 'switch', summary: 'say more on stderr, with stack traces' },
  noColor: { kind: 'switch', summary: 'no colours (NO_COLOR does the same)', env: false },
  noInput: { kind: 'switch', summary: 'never ask; a missing answer is an error' },
  yes: { kind: 'switch', short: 'y', summary: 'answer yes to every question' },
} as const satisfies Flags;

/** Converts the parsed values of the global flags. */
export function globalsOf(values: Readonly<Record<string, unknown>>): Globals {
  return {
    json: values['json'] === true,
    quiet: values['quiet'] === true,
    verbose: values['verbose'] === true,
    color: values['noColor'] !== true,
    input: values['noInput'] !== true,
    yes: values['yes'] === true,
  };
}
