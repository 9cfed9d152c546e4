import type { Action } from '../command.ts';
import type { inspect } from '../commands/inspect.ts';

export const run: Action<typeof inspect.flags> = async () => {
  throw new Error('to be written');
};
