import type { Action } from '../command.ts';
import type { explain } from '../commands/explain.ts';

export const run: Action<typeof explain.flags> = async () => {
  throw new Error('to be written');
};
