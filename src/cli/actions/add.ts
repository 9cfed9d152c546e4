import type { Action } from '../command.ts';
import type { add } from '../commands/add.ts';

export const run: Action<typeof add.flags> = async () => {
  throw new Error('to be written');
};
