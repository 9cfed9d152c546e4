import type { Action } from '../command.ts';
import type { list } from '../commands/list.ts';

export const run: Action<typeof list.flags> = async () => {
  throw new Error('to be written');
};
