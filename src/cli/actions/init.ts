import type { Action } from '../command.ts';
import type { init } from '../commands/init.ts';

export const run: Action<typeof init.flags> = async () => {
  throw new Error('to be written');
};
