import type { Action } from '../command.ts';
import type { status } from '../commands/status.ts';

export const run: Action<typeof status.flags> = async () => {
  throw new Error('to be written');
};
