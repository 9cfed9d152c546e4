import type { Action } from '../command.ts';
import type { validate } from '../commands/validate.ts';

export const run: Action<typeof validate.flags> = async () => {
  throw new Error('to be written');
};
