import type { Action } from '../command.ts';
import type { describe } from '../commands/describe.ts';

export const run: Action<typeof describe.flags> = async () => {
  throw new Error('to be written');
};
