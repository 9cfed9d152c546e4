import type { Action } from '../command.ts';
import type { remove } from '../commands/remove.ts';

export const run: Action<typeof remove.flags> = async () => {
  throw new Error('to be written');
};
