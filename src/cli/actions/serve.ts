import type { Action } from '../command.ts';
import type { serve } from '../commands/serve.ts';

export const run: Action<typeof serve.flags> = async () => {
  throw new Error('to be written');
};
