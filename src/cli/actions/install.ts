import type { Action } from '../command.ts';
import type { install } from '../commands/install.ts';

export const run: Action<typeof install.flags> = async () => {
  throw new Error('to be written');
};
