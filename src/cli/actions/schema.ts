import type { Action } from '../command.ts';
import type { schema } from '../commands/schema.ts';

export const run: Action<typeof schema.flags> = async () => {
  throw new Error('to be written');
};
