import type { Action } from '../command.ts';
import type { pack } from '../commands/pack.ts';

export const run: Action<typeof pack.flags> = async () => {
  throw new Error('to be written');
};
